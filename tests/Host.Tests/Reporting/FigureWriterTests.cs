using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Host.Tests.Reporting;

/// <summary>Figures of runs that went wrong: whatever was measured is drawn.</summary>
public sealed class FigureWriterTests : IDisposable
{
    private readonly RunFolderOnDisk _folder = new();
    private readonly Experiment _experiment;
    private readonly CandidateSet _candidates;

    public FigureWriterTests()
    {
        Recipe recipe = RecipeReader.Read(_folder.WriteRecipe(), [], out RecipeOrigins origins);
        _experiment = ExperimentBuilder.Build(recipe, origins, TimeProvider.System);
        GridShape grid = _experiment.Microscope.Probe.ScanWindow;
        _candidates = CandidateSet.Create(
            new StructuralImage("haadf", grid, new Nanometre(1), new float[grid.Count]), recipe.Patch);
    }

    [Fact]
    public void One_point_whose_scalar_is_no_number_is_drawn()
    {
        IReadOnlyList<string> figures = Write(RecordOf(ScalarResult.Bad("saturated"), posterior: null));
        figures.Select(Path.GetFileName).Should().BeEquivalentTo("overview.png", "structure.png", "learning-curve.svg");
    }

    [Fact]
    public void A_belief_that_is_nowhere_a_number_is_drawn()
    {
        var kernel = new KernelParameters(KernelKind.Rbf, [1.0], double.NaN, 0.1, double.NaN);
        var model = new ProcessModel(1, 1, new float[_candidates.Count], kernel, new TargetScaling(0, 1));
        var posterior = Posterior.Condition(model, []);
        IReadOnlyList<string> figures = Write(RecordOf(new ScalarResult(2, 0.1, ScalarQuality.Good), posterior));
        figures.Select(Path.GetFileName).Should().Contain(["prediction.png", "uncertainty.png", "acquisition.png"]);
    }

    public void Dispose()
    {
        _experiment.Microscope.Dispose();
        _folder.Dispose();
    }

    private IReadOnlyList<string> Write(RunRecord record) =>
        FigureWriter.Write(_folder.Run, _experiment.Design, record);

    private RunRecord RecordOf(ScalarResult scalar, Posterior? posterior)
    {
        var point = new PointId(1);
        var place = new GridPoint(20, 20);
        ExperimentSettings settings = _experiment.SettingsFor("run");
        var basis = new PlanningBasis(
            PlanningReason.Seed, 0, 0, [], 1, double.NaN, double.NaN, double.NaN);
        ImmutableList<JournalEvent> events =
        [
            new ExperimentStarted("run", "small", 1, settings.RecipeHash, "", "", "", "", settings.Provenance),
            new SurveyRecorded("", "haadf", _candidates.Image.Shape, new(1), _candidates.Count, 0, null),
            new PointPlanned(point, place, basis, TimeSpan.Zero),
            new ExposureIntended(point, 1, place.Centre, place.Centre, TimeSpan.Zero, TimeSpan.Zero, 0),
            new FrameRecorded(
                point, 1, "", place.Centre, place.Centre, place, 0,
                new ExposureTiming(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)),
            new PointScalarized(point, scalar, "", TimeSpan.Zero),
        ];
        var state = ExperimentState.Fold(events);
        return new RunRecord(
            [.. events.Select((journalEvent, i) => new StoredEvent(
                i + 1, "run", i + 1, default, 1, "", 1, journalEvent, default))],
            state,
            scalar.Quality == ScalarQuality.Bad ? null : state.Points[point],
            _candidates,
            posterior,
            null,
            ImmutableSortedDictionary<int, MapScore>.Empty);
    }
}
