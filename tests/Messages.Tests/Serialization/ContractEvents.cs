using System.Collections.Immutable;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Messages.Tests.Serialization;

/// <summary>One event of every stored type, every field with a value of its own.</summary>
internal static class ContractEvents
{
    private static readonly Provenance Software = new(
        "DklActors 0.1.0+abc", "em-lab-3", "Linux 6.1", ".NET 10.0.1", "x64 512-bit",
        ["MathNet.Numerics 5.0.0", "Serilog 3.1.1"]);

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private static ImmutableSortedDictionary<string, string> Keys(string key, string value) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(key, value);

    public static IReadOnlyList<JournalEvent> All { get; } =
    [
        new ExperimentStarted(
            "run-7", "silica", ulong.MaxValue, "ab12", "simulated", "band-mean", "managed/1", "ei", Software),
        new ExperimentContinued(2, Software with { Packages = [] }),
        new StageMoved(
            StagePosition.OfNanometres(1200, -400), StagePosition.OfNanometres(12.5, 0),
            StagePosition.OfNanometres(1203.5, -399.75), TimeSpan.FromSeconds(4.5)),
        new StageConfirmed(StagePosition.OfNanometres(1200, -400), StagePosition.OfNanometres(1202.25, -401.5)),
        new SurveyIntended(new GridShape(128, 97), 5.5),
        new SurveyLost("scan unit lost", 3.5),
        new SurveyRecorded(
            "cd34",
            "HAADF",
            new GridShape(128, 96),
            new Nanometre(8.552),
            14_400,
            4.5,
            new MeasurablePlaces("ab56", new GridShape(3, 2), "ba78")),
        new DriftCorrected(
            "ef56", new PixelShift(1.25, -0.5), 0.97, 0.82, TimeSpan.FromMinutes(2), new PixelShift(0.5, -0.25), 6.5,
            "too little in common"),
        new RunPaused("operator", "drift of 1.5 nm/min", PauseKind.Hard),
        new RunResumed("interlock", "vacuum is back"),
        new ExperimentCompleted(70, "60 measurements done"),
        new ExperimentStopped("operator", "coffee"),
        new ExperimentAborted("operator", "sample moved"),
        new ExperimentHalted("operator", "smoke"),
        new ScalarizerChanged("maria", "iron instead", Keys("kind", "edge-area"), "edge-area/1"),
        new AcquisitionChanged("maria", "look for more", Keys("acquisition", "thompson"), "thompson"),
        new RegionChanged("maria", "the grain", new PixelArea(1, 20, 3, 40)),
        new RegionExcluded("jan", "a hole", new PixelArea(5, 6, 7, 8)),
        new NoteAdded("jan", "a twin?", new GridPoint(2, 9)),
        new ControllerChanged("jan", "maria"),
        new ExperimentInterlocked("dose limit of 1e6 e/A^2"),
        new ExperimentFailed("detector lost"),
        new PointPlanned(
            new PointId(11),
            new GridPoint(3, 4),
            new PlanningBasis(
                PlanningReason.Acquisition, 2, 9, [new PointId(9), new PointId(10)], 17, 0.125, -0.5, 0.25),
            Millisecond * 12.5),
        new NeighbourPlanned(new PointId(18), new GridPoint(3, 5), new PointId(11)),
        new ExposureIntended(
            new PointId(12),
            1,
            new ProbePosition(3, 4),
            new ProbePosition(3.25, 3.75),
            Millisecond * 100,
            Millisecond * 500,
            6.2415e8),
        new ExposureFailed(new PointId(13), 2, "readout timed out", "transient", 1.5),
        new ExposureOutcomeUnknown(new PointId(14), 3, 2.5),
        new FrameRecorded(
            new PointId(15),
            1,
            "ef56",
            new ProbePosition(5, 6),
            new ProbePosition(5.5, 6.5),
            new GridPoint(6, 7),
            3.5,
            new ExposureTiming(TimeSpan.FromDays(1), Millisecond, Millisecond * 2, Millisecond * 3)),
        new PointScalarized(
            new PointId(16),
            new ScalarResult(1e-3, 2e-4, ScalarQuality.Suspect, "saturated channel 7"),
            "band-mean 164..186 eV",
            Millisecond * 4),
        new PointAbandoned(new PointId(17), "three failed exposures", AbandonCause.NotWanted),
        new ModelTrained(
            3,
            "0178",
            "managed/1",
            20,
            2,
            99,
            new TrainingReport(200, -1.25, true, 0.03, "jitter 1e-6"),
            Millisecond * 250),
        new TrainingSent(new Guid("0b4c1a6e-52f3-4a35-9a39-0c4f6f6a9d10"), 4, 24, 3, 100),
        new ModelTransferred("019a", "managed-ensemble/1", "film-left", 12, 40),
        new BudgetReached(
            BudgetKind.DosePerPixel, new PointId(19), new GridPoint(7, 8), 4.25, 0.5, 0.75, "the next would pass it"),
        new TrainingFailed(21, "the loss is not finite", Millisecond * 30),
    ];
}
