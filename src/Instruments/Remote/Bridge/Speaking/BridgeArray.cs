using System.Text.Json;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>An array that was what it had to be.</summary>
/// <param name="Values">Its values in C order.</param>
/// <param name="Meta">What came with it.</param>
internal sealed record BridgeArray(float[] Values, JsonElement Meta);
