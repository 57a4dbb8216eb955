using DklActors.Host.Trainers.Wire;

namespace DklActors.Host.Trainers.Remote;

/// <summary>Whether a result can be what it says. A node may be wrong even where it may be trusted.</summary>
internal static class ResultCheck
{
    private const int HashDigits = 64;

    /// <returns>What is wrong with it, or null.</returns>
    public static string? ProblemOf(TrainingResult result, TrainingJob job)
    {
        if (result.Experiment != job.Experiment || result.Version != job.Version)
        {
            return $"it is of model {result.Version} of {result.Experiment}, not of model {job.Version} of "
                + job.Experiment;
        }

        if (result.Outcome != JobOutcome.Trained)
        {
            return null;
        }

        if (result.State is not { } state || result.Report is not { } report)
        {
            return "it names no state or no report";
        }

        bool isHash = state.Hash.Length == HashDigits && state.Hash.All(char.IsAsciiHexDigitLower);
        return !isHash ? $"'{state.Hash}' is no content hash"
            : state.Version != job.Version ? $"its state is of model {state.Version}, not {job.Version}"
            : state.Bytes is <= 0 or > TrainerProtocol.LargestContent ? $"its state has {state.Bytes} bytes"
            : !double.IsFinite(report.Loss) || !double.IsFinite(report.NoiseDeviation)
                ? $"its loss is {report.Loss} and its noise {report.NoiseDeviation}"
            : report.Epochs < 0 || result.Took < TimeSpan.Zero ? "its number of epochs or its time is negative"
            : null;
    }
}
