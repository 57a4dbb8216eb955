using DklActors.Actors.Experiments;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Serving.Contract;

/// <summary>A run as it was after one of its events.</summary>
internal sealed record SnapshotView
{
    public required long Sequence { get; init; }

    public required DateTimeOffset? Time { get; init; }

    public required RunState State { get; init; }

    public required string? Reason { get; init; }

    public required IReadOnlyList<PointView> Points { get; init; }

    public required IReadOnlyList<ModelView> Models { get; init; }

    public required IReadOnlyList<NoteView> Notes { get; init; }

    public required ChoicesView Choices { get; init; }

    public required DoseView Dose { get; init; }

    /// <summary>Frames recorded so far.</summary>
    public required int Frames { get; init; }

    /// <summary>Looks at the drift that gave an image, in their order.</summary>
    public required IReadOnlyList<LookView> Looks { get; init; }
}

/// <summary>A point of a run; types.ts says what each means.</summary>
internal sealed record PointView(int Id, int Row, int Column, string Rule)
{
    public PointStage Stage { get; init; } = PointStage.Planned;

    public int? Centre { get; init; }

    public int Model { get; init; }

    public double Score { get; init; } = double.NaN;

    public double Predicted { get; init; } = double.NaN;

    public double Deviation { get; init; } = double.NaN;

    public double Value { get; init; } = double.NaN;

    public double Error { get; init; } = double.NaN;

    public ScalarQuality? Quality { get; init; }

    public string? Remark { get; init; }

    public int? PatchRow { get; init; }

    public int? PatchColumn { get; init; }

    public double Electrons { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset Time { get; init; }
}

internal sealed record ModelView(
    int Version, int Observations, double TookS, double Loss, int Epochs, long Sequence, DateTimeOffset Time)
{
    /// <summary>The trainer node that trained it; null where it was trained here.</summary>
    public string? Trainer { get; init; }

    /// <summary>Why no node trained it, although the recipe asks for one; or null.</summary>
    public string? Fallback { get; init; }
}

internal sealed record NoteView(long Sequence, DateTimeOffset Time, string By, string Text, int? Row, int? Column);

/// <summary>One item of the stream of a run.</summary>
internal sealed record LiveBatch(
    IReadOnlyList<JournalEventView> Events, ExperimentStatus Status, DateTimeOffset Time);
