using DklActors.Journal.Export.Points;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Journal.Export.Bluesky;

/// <summary>The streams that a run is told in.</summary>
internal sealed class BlueskyStreams
{
    /// <summary>Points with a frame, each when the run was done with it.</summary>
    public BlueskyStream<PointStory> Primary { get; } = new(
        "primary",
        [
            new("point", "planner", "integer", null, static story => story.Point.Value),
            new("reason", "planner", "string", null, static story => story.Planned.Basis.Reason),
            new("model_version", "planner", "integer", null, static story => story.Planned.Basis.ModelVersion),
            new("observations", "planner", "integer", null, static story => story.Planned.Basis.Observations),
            new("predicted_mean", "planner", "number", null, static story => story.Planned.Basis.PredictedMean),
            new(
                "predicted_deviation", "planner", "number", null,
                static story => story.Planned.Basis.PredictedDeviation),
            new("requested_row", "probe", "number", "px", static story => story.Frame!.Requested.Row),
            new("requested_column", "probe", "number", "px", static story => story.Frame!.Requested.Column),
            new("probe_row", "probe", "number", "px", static story => story.Frame!.ReadBack.Row),
            new("probe_column", "probe", "number", "px", static story => story.Frame!.ReadBack.Column),
            new("moving_time", "probe", "number", "s", static story => story.Frame!.Timing.Moved),
            new("attempt", "detector", "integer", null, static story => story.Frame!.Attempt),
            new("frame_sha256", "detector", "string", null, static story => story.Frame!.FrameHash),
            new("electrons", "detector", "number", "e", static story => story.Frame!.ChargedElectrons),
            new("exposing_time", "detector", "number", "s", static story => story.Frame!.Timing.Exposed),
            new("readout_time", "detector", "number", "s", static story => story.Frame!.Timing.ReadOut),
            new("patch_row", "scalarizer", "integer", "px", static story => story.Frame!.Patch.Row),
            new("patch_column", "scalarizer", "integer", "px", static story => story.Frame!.Patch.Column),
            new("scalar", "scalarizer", "number", null, static story => story.Scalarized?.Scalar.Value),
            new(
                "standard_error", "scalarizer", "number", null,
                static story => story.Scalarized?.Scalar.StandardError),
            new("quality", "scalarizer", "string", null, static story => story.Scalarized?.Scalar.Quality),
            new("quality_reason", "scalarizer", "string", null, static story => story.Scalarized?.Scalar.Reason),
        ],
        static (story, device) => device switch
        {
            "planner" => story.PlannedAt,
            "probe" or "detector" => story.FrameAt!.Value,
            _ => story.LastAt,
        },
        ("scalarizer", "scalar"));

    /// <summary>The structural image.</summary>
    public BlueskyStream<Told<SurveyRecorded>> Survey { get; } = new(
        "survey",
        [
            new("image_sha256", "survey", "string", null, static told => told.Event.ImageHash),
            new("channel", "survey", "string", null, static told => told.Event.Channel),
            new("rows", "survey", "integer", "px", static told => told.Event.Shape.Rows),
            new("columns", "survey", "integer", "px", static told => told.Event.Shape.Columns),
            new("pixel_size", "survey", "number", "nm", static told => told.Event.PixelSize.Value),
            new("candidates", "survey", "integer", null, static told => told.Event.Candidates),
            new("electrons", "survey", "number", "e", static told => told.Event.ChargedElectrons),
        ],
        static (told, _) => told.Time);

    /// <summary>Every planned point with what the decision was made from.</summary>
    public BlueskyStream<Told<PointPlanned>> Decisions { get; } = new(
        "decisions",
        [
            new("point", "planner", "integer", null, static told => told.Event.Point.Value),
            new("target_row", "planner", "integer", "px", static told => told.Event.Target.Row),
            new("target_column", "planner", "integer", "px", static told => told.Event.Target.Column),
            new("reason", "planner", "string", null, static told => told.Event.Basis.Reason),
            new("model_version", "planner", "integer", null, static told => told.Event.Basis.ModelVersion),
            new("observations", "planner", "integer", null, static told => told.Event.Basis.Observations),
            new("pending", "planner", "integer", null, static told => told.Event.Basis.Pending.Length),
            new("score", "planner", "number", null, static told => told.Event.Basis.Score),
            new("predicted_mean", "planner", "number", null, static told => told.Event.Basis.PredictedMean),
            new("predicted_deviation", "planner", "number", null, static told => told.Event.Basis.PredictedDeviation),
            new("planning_time", "planner", "number", "s", static told => told.Event.Took),
        ],
        static (told, _) => told.Time,
        ("planner", "predicted_deviation"));

    /// <summary>Every trained model.</summary>
    public BlueskyStream<Told<ModelTrained>> Models { get; } = new(
        "models",
        [
            new("version", "trainer", "integer", null, static told => told.Event.Version),
            new("observations", "trainer", "integer", null, static told => told.Event.Observations),
            new("warm_start", "trainer", "integer", null, static told => told.Event.WarmStart),
            new("epochs", "trainer", "integer", null, static told => told.Event.Report.Epochs),
            new("loss", "trainer", "number", null, static told => told.Event.Report.Loss),
            new("converged", "trainer", "boolean", null, static told => told.Event.Report.Converged),
            new("noise_deviation", "trainer", "number", null, static told => told.Event.Report.NoiseDeviation),
            new("training_time", "trainer", "number", "s", static told => told.Event.Took),
            new("engine", "trainer", "string", null, static told => told.Event.Engine),
            new("state_sha256", "trainer", "string", null, static told => told.Event.StateHash),
        ],
        static (told, _) => told.Time,
        ("trainer", "loss"));

    /// <summary>What did not go as planned, and who held the run back and let it go on.</summary>
    public BlueskyStream<Told<Incident>> Incidents { get; } = new(
        "incidents",
        [
            new("what", "experiment", "string", null, static told => told.Event.What),
            new("point", "experiment", "integer", null, static told => told.Event.Point),
            new("attempt", "experiment", "integer", null, static told => told.Event.Attempt),
            new("by", "experiment", "string", null, static told => told.Event.By),
            new("reason", "experiment", "string", null, static told => told.Event.Reason),
            new("electrons", "experiment", "number", "e", static told => told.Event.Electrons),
        ],
        static (told, _) => told.Time);

    /// <summary>Events told so far, by stream; streams without any are left out.</summary>
    public IEnumerable<(string Name, int Events)> Counts => new[]
    {
        (Primary.Name, Primary.Events), (Survey.Name, Survey.Events), (Decisions.Name, Decisions.Events),
        (Models.Name, Models.Events), (Incidents.Name, Incidents.Events),
    }.Where(static stream => stream.Events > 0);
}

/// <summary>An event and when it was committed.</summary>
internal readonly record struct Told<T>(T Event, DateTimeOffset Time);
