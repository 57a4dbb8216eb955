namespace DklActors.Host.Serving.Looking;

/// <summary>An array to be sent: float32, row-major.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
/// <param name="Values">Rows × columns values, NaN where there is none.</param>
/// <param name="Label">What they are.</param>
/// <param name="Unit">Their unit; empty for plain numbers.</param>
internal sealed record FloatArray(int Rows, int Columns, float[] Values, string Label, string Unit);
