using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DklActors.Actors.Budgeting;
using DklActors.Actors.Experiments;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using DklActors.Learning.Engines;

namespace DklActors.Host.Regions.Comparing;

/// <summary>A campaign in numbers, as its <c>summary.json</c> and the last line of <c>--json</c> have it.</summary>
internal sealed record CampaignReport
{
    // Features of every pair are computed anew.
    private const int MostPaired = 6;

    private static readonly JsonSerializerOptions Lines = OptionsOf(indented: false);
    private static readonly JsonSerializerOptions Indented = OptionsOf(indented: true);

    public required string Campaign { get; init; }

    public required string Title { get; init; }

    public required string Transfer { get; init; }

    public required string Scalarizer { get; init; }

    public required string Unit { get; init; }

    public required IReadOnlyList<RegionSummary> Regions { get; init; }

    /// <summary>How alike the regions are, pair by pair.</summary>
    public required IReadOnlyList<RegionPair> Comparison { get; init; }

    public required string Folder { get; init; }

    /// <summary>Scalars of each region, ascending, for the figure.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, double[] Values)> Scalars { get; init; } = [];

    [JsonIgnore]
    public string Quantity { get; init; } = string.Empty;

    public static CampaignReport Of(CampaignFolder folder, TimeProvider time)
    {
        List<RegionRecord> records = [];
        List<RegionSummary> summaries = [];
        foreach (PlannedRegion region in folder.Plan.Regions)
        {
            RegionRecord? record = RegionRecord.Read(region.Name, folder.FolderOf(region), time);
            summaries.Add(RegionSummary.Of(region, record, folder.FolderOf(region)));
            if (record is not null)
            {
                records.Add(record);
            }
        }

        RegionRecord? first = records.FirstOrDefault();
        return new CampaignReport
        {
            Campaign = folder.Plan.Name,
            Title = folder.Plan.Title,
            Transfer = $"{folder.Plan.Transfer}".ToLowerInvariant(),
            Scalarizer = first?.Design.Scalarizer.Identity ?? string.Empty,
            Unit = first?.Design.Scalarizer.Unit ?? string.Empty,
            Quantity = first is null ? string.Empty : FigureWriter.QuantityOf(first.Design),
            Regions = summaries,
            Comparison = [.. Pairs(records.Take(MostPaired).ToArray())],
            Folder = folder.Root,
            Scalars =
            [
                .. records.Where(static record => record.Scalars.Length > 0).Select(static record => (
                    record.Name, (double[])[.. record.Scalars.Select(static scalar => scalar.Value).Order()])),
            ],
        };
    }

    public string ToJson(bool indented) => JsonSerializer.Serialize(this, indented ? Indented : Lines);

    private static IEnumerable<RegionPair> Pairs(RegionRecord[] records)
    {
        for (int one = 0; one < records.Length; one++)
        {
            for (int other = one + 1; other < records.Length; other++)
            {
                yield return RegionPair.Of(records[one], records[other]);
            }
        }
    }

    private static JsonSerializerOptions OptionsOf(bool indented) => new()
    {
        WriteIndented = indented,
        IgnoreReadOnlyProperties = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}

/// <summary>Two regions beside each other.</summary>
/// <param name="One">A region.</param>
/// <param name="Other">Another.</param>
/// <param name="There">What the model of the one says of the other; null where it cannot be told.</param>
/// <param name="Back">And the other way round.</param>
/// <param name="ScalarDistance">
/// Kolmogorov and Smirnov's distance of the measured scalars: 0 for the same distribution, 1 for none in common.
/// </param>
/// <param name="StructureMixing">How far the measured structure is of one kind: 1 for the same, 0 for others.</param>
/// <param name="StagesApartNm">How far apart the stage was read back; null where it was left alone.</param>
/// <param name="Problem">Why they cannot be compared, or null.</param>
internal sealed record RegionPair(
    string One,
    string Other,
    CrossPrediction? There,
    CrossPrediction? Back,
    double? ScalarDistance,
    double? StructureMixing,
    double? StagesApartNm,
    string? Problem)
{
    public static RegionPair Of(RegionRecord one, RegionRecord other)
    {
        double? distance = one.Scalars.IsEmpty || other.Scalars.IsEmpty
            ? null
            : DistanceOf(
                [.. one.Scalars.Select(static scalar => scalar.Value)],
                [.. other.Scalars.Select(static scalar => scalar.Value)]);
        double? apart = one.State.StageAt is { } here && other.State.StageAt is { } there
            ? here.DistanceTo(there).Value
            : null;
        try
        {
            var joint = JointStructure.Of(one, other, out string? problem);
            return new RegionPair(
                one.Name, other.Name, joint?.Predict(0), joint?.Predict(1), distance, joint?.Mixing(), apart,
                problem);
        }
        catch (Exception exception) when (exception is TrainingFailedException or ArgumentException)
        {
            return new RegionPair(one.Name, other.Name, null, null, distance, null, apart, exception.Message);
        }
    }

    /// <summary>Largest difference of the two empirical distribution functions.</summary>
    internal static double DistanceOf(double[] one, double[] other) => one.Concat(other).Max(value => Math.Abs(
        ((double)one.Count(x => x <= value) / one.Length) - ((double)other.Count(x => x <= value) / other.Length)));
}

/// <summary>One region in numbers.</summary>
internal sealed record RegionSummary
{
    public required string Name { get; init; }

    /// <summary>Keys that it has of its own.</summary>
    public required IReadOnlyDictionary<string, string> Differences { get; init; }

    public required RunState State { get; init; }

    public required string? Reason { get; init; }

    /// <summary>Where on the sample it is; null where the stage is left alone.</summary>
    public StageSummary? Stage { get; init; }

    /// <summary>The run whose model the first training started from, or null.</summary>
    public string? StartedFrom { get; init; }

    public int Points { get; init; }

    public double Electrons { get; init; }

    /// <summary>e/Å² of the pixel that has had most.</summary>
    public double HighestDose { get; init; }

    /// <summary>Time at work.</summary>
    public double WorkedSeconds { get; init; }

    public BestPoint? Best { get; init; }

    /// <summary>Of the predicted map; null before the first model.</summary>
    public MapStatistics? Map { get; init; }

    /// <summary>Scores against the known map, where there is one, as the region's own summary has them.</summary>
    public double? Rmse { get; init; }

    public double? Coverage68 { get; init; }

    public required string Folder { get; init; }

    public static RegionSummary Of(PlannedRegion region, RegionRecord? record, string folder)
    {
        ExperimentState state = record?.State ?? ExperimentState.Empty;
        (double? rmse, double? coverage) = ScoresIn(folder);
        PointState? best =
            record is null ? null : RunRecord.BestOf(state, record.Design.Settings.Plan.Goal);
        return new RegionSummary
        {
            Name = region.Name,
            Differences = region.Differences,
            State = state.Run,
            Reason = state.EndReason,
            Stage = record is null ? null : StageSummary.Of(record.Design.Recipe, state),
            StartedFrom = state.Transfer?.FromRun,
            Points = state.Measured,
            Electrons = state.Dose.TotalElectrons,
            HighestDose = BudgetUse.HighestDoseIn(state),
            WorkedSeconds = state.Worked.TotalSeconds,
            Best = best is null ? null : BestPoint.Of(best),
            Map = record?.Belief is { } belief ? MapStatistics.Of(belief.Mean, belief.LatentDeviations()) : null,
            Rmse = rmse,
            Coverage68 = coverage,
            Folder = folder,
        };
    }

    private static (double? Rmse, double? Coverage68) ScoresIn(string folder)
    {
        string path = Path.Combine(folder, "summary.json");
        if (!File.Exists(path))
        {
            return (null, null);
        }

        using var summary = JsonDocument.Parse(File.ReadAllBytes(path));
        return (NumberOf("rmse"), NumberOf("coverage68"));

        double? NumberOf(string name) =>
            summary.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
                ? value.GetDouble()
                : null;
    }
}

/// <summary>A predicted map in the scalarizer's unit.</summary>
/// <param name="Mean">Over all candidates.</param>
/// <param name="Deviation">Standard deviation over all candidates.</param>
/// <param name="Low">5 % of the map lie below it.</param>
/// <param name="Median">Half of the map lies below it.</param>
/// <param name="High">5 % of the map lie above it.</param>
/// <param name="Uncertainty">Mean of half the 68 % interval.</param>
internal sealed record MapStatistics(
    double Mean, double Deviation, double Low, double Median, double High, double Uncertainty)
{
    public static MapStatistics Of(ReadOnlySpan<double> map, double[] deviations)
    {
        double[] sorted = map.ToArray();
        Array.Sort(sorted);
        double mean = sorted.Average();
        return new MapStatistics(
            mean,
            Math.Sqrt(sorted.Average(value => (value - mean) * (value - mean))),
            Quantile(0.05),
            Quantile(0.5),
            Quantile(0.95),
            deviations.Average());

        double Quantile(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
    }
}
