namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>An answer, whole.</summary>
/// <param name="Status">HTTP's.</param>
/// <param name="Headers">By name, whatever its case.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record LineAnswer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body);
