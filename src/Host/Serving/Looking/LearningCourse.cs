using System.Text.Json;
using DklActors.Host.Serving.Contract;
using DklActors.Journal.Files;
using DklActors.Learning.Scoring;

namespace DklActors.Host.Serving.Looking;

/// <summary>
/// How uncertainty and, where the truth is known, error went down: kept as <c>learning.json</c> of the run's folder,
/// which can be derived again from its journal.
/// </summary>
internal static class LearningCourse
{
    private const string Name = "learning.json";

    public static LearningView Of(
        IReadOnlyDictionary<int, double> deviations, IReadOnlyDictionary<int, MapScore> scores) => new(
    [
        .. deviations.Keys.Union(scores.Keys).Order().Select(observations =>
        {
            MapScore? score = scores.GetValueOrDefault(observations);
            return new LearningStep(
                observations, deviations.GetValueOrDefault(observations, double.NaN),
                score?.Rmse, score?.Nlpd, score?.RSquared, score?.Coverage68, score?.Coverage95);
        }),
    ]);

    public static void Write(string folder, LearningView course) => DurableFile.Write(
        Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(course, ContractJson.Options));

    /// <summary>Null where the run was not the daemon's, or the file cannot be read.</summary>
    public static LearningView? Read(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<LearningView>(File.ReadAllBytes(path), ContractJson.Options)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            return null;
        }
    }
}
