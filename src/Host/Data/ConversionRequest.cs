namespace DklActors.Host.Data;

/// <summary>What to convert.</summary>
/// <param name="From">A data file, or the folder of a run.</param>
/// <param name="To">An <c>.npz</c> or <c>.hspy</c> file to write.</param>
/// <param name="Array">The array to write as the signal; null for the one that a rule picks.</param>
/// <param name="SignalType">HyperSpy's type of the signal; null for what the file says.</param>
/// <param name="Force">Whether a file that is there is replaced.</param>
internal sealed record ConversionRequest(string From, string To, string? Array, string? SignalType, bool Force);
