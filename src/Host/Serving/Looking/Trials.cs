using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Serving.Submitting;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Serving.Looking;

/// <summary>Tries another scalarizer or acquisition function on what a run has measured; changes nothing.</summary>
internal sealed class Trials(RunLibrary library, PathGuard guard)
{
    private const int MostMaps = 16;

    private readonly LatestUsed<string, FloatArray> _maps = new(MostMaps);
    private int _mapNumber;

    /// <summary>Another scalarizer on every frame so far.</summary>
    /// <exception cref="ApiException">The keys make none.</exception>
    public async Task<ScalarizerPreview> ScalarizerAsync(
        ExperimentEntry entry, ImmutableSortedDictionary<string, string> keys, CancellationToken cancellation)
    {
        RunPicture picture = library.PictureOf(entry);
        keys = Allowed(picture, keys);
        IScalarizer scalarizer = Make(picture, keys);
        return await Task.Run(
            () =>
            {
                IJournalReader journal = RunLibrary.OpenJournal(entry, out _);
                Dictionary<GridPoint, FrameRecorded> frames = FramesOf(picture.State);
                List<PreviewedPoint> points = [];
                foreach (PointState point in picture.State.Points.Values)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (point.Frame is null || point.Centre is not null)
                    {
                        continue;
                    }

                    ScalarResult result = scalarizer.Evaluate(
                        MeasurementOf(point, scalarizer, frames, picture, journal));
                    points.Add(new PreviewedPoint(
                        point.Id.Value, point.Target.Row, point.Target.Column,
                        point.Scalar?.Value ?? double.NaN, result.Value, result.StandardError, result.Quality,
                        result.Reason));
                }

                return new ScalarizerPreview(
                    RecipeWith(picture, keys).Scalarizer.Label, scalarizer.Unit, points);
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>All keys of the scalarizer that some make, as a journal is to have them.</summary>
    /// <exception cref="ApiException">They make none.</exception>
    public ImmutableSortedDictionary<string, string> WholeScalarizer(
        ExperimentEntry entry, ImmutableSortedDictionary<string, string> keys)
    {
        RunPicture picture = library.PictureOf(entry);
        keys = Allowed(picture, keys);
        _ = Make(picture, keys);
        return ChoicesOf.ScalarizerIn(RecipeWith(picture, keys));
    }

    /// <exception cref="ApiException">The keys make no acquisition function.</exception>
    public ImmutableSortedDictionary<string, string> CheckedPlan(
        ExperimentEntry entry, ImmutableSortedDictionary<string, string> keys)
    {
        _ = Guarded(() => ChoicesFor(library.PictureOf(entry)).Plan(keys));
        return keys;
    }

    /// <summary>Another acquisition function on the belief of now.</summary>
    /// <exception cref="ApiException">The keys make none, or nothing is believed yet.</exception>
    public async Task<AcquisitionPreview> AcquisitionAsync(
        ExperimentEntry entry, ImmutableSortedDictionary<string, string> keys, CancellationToken cancellation)
    {
        Moment moment = await library.MomentOfAsync(entry, null, cancellation).ConfigureAwait(false);
        PlanSettings chosen = Guarded(() => ChoicesFor(library.PictureOf(entry)).Plan(keys));
        PlanSettings plan = moment.Plan with { Acquisition = chosen.Acquisition, Goal = chosen.Goal };
        return await Task.Run(
            () =>
            {
                FloatArray map = RunMaps.Acquisition(moment, plan) ?? throw ApiException.Conflict(
                    $"{entry.Id} believes nothing yet.", "Try again once a model is trained.");
                string name = $"a{Interlocked.Increment(ref _mapNumber)}";
                _maps.GetOrMake($"{entry.Id}/{name}", () => map);
                return new AcquisitionPreview(name, NextIn(map));
            },
            cancellation).ConfigureAwait(false);
    }

    /// <exception cref="ApiException">It was not made, or long ago.</exception>
    public FloatArray MapOf(ExperimentEntry entry, string name) =>
        _maps.TryGet($"{entry.Id}/{name}", out FloatArray? map)
            ? map
            : throw ApiException.NotFound("There is no such preview any more.", "Ask for the preview again.");

    /// <summary>What a scalarizer sees in the frame of a point.</summary>
    /// <param name="entry">The experiment.</param>
    /// <param name="number">Number of the point.</param>
    /// <param name="keys">Of the scalarizer; null for that of the run.</param>
    /// <exception cref="ApiException">There is no such frame, or no such scalarizer.</exception>
    public FrameView View(ExperimentEntry entry, int number, ImmutableSortedDictionary<string, string>? keys)
    {
        RunPicture picture = library.PictureOf(entry);
        ImmutableSortedDictionary<string, string> used = Allowed(picture, keys ?? picture.Choices.Scalarizer);
        IScalarizer scalarizer = Make(picture, used);
        Frame frame = library.FrameOf(entry, number);
        PointState point = picture.State.Points[new Messages.PointId(number)];
        IJournalReader journal = RunLibrary.OpenJournal(entry, out _);
        Measurement measurement = MeasurementOf(point, scalarizer, FramesOf(picture.State), picture, journal);
        ScalarResult result = scalarizer.Evaluate(measurement);
        ScalarizerSpec spec = RecipeWith(picture, used).Scalarizer.Spec;
        return new FrameView
        {
            Value = result.Value,
            Error = result.StandardError,
            Quality = result.Quality,
            Remark = result.Reason,
            Windows = frame is SpectrumFrame ? FrameMarks.WindowsOf(spec) : [],
            Rings = frame is PatternFrame pattern ? FrameMarks.RingsOf(spec, pattern.Shape) : [],
            Curves = scalarizer is IDrawsFit drawing
                ? [.. drawing.Draw(in measurement).Select(static curve =>
                    new CurveView(curve.Label, curve.Energies, curve.Counts))]
                : [],
        };
    }

    private static IScalarizer Make(RunPicture picture, ImmutableSortedDictionary<string, string> keys) =>
        Guarded(() => ChoicesFor(picture).Scalarizer(keys));

    private static RecipeChoices ChoicesFor(RunPicture picture) => picture.Design.Choices;

    private static Recipe RecipeWith(RunPicture picture, ImmutableSortedDictionary<string, string> keys) =>
        Guarded(() => ChoicesFor(picture).RecipeWith(keys, null));

    private ImmutableSortedDictionary<string, string> Allowed(
        RunPicture picture, ImmutableSortedDictionary<string, string> keys) =>
        Guarded(() => guard.Checked(keys, picture.Choices.Scalarizer));

    private static T Guarded<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (RecipeException exception)
        {
            throw ApiException.Unusable(exception.Errors);
        }
        catch (ArgumentException exception)
        {
            throw ApiException.Unusable(exception.Message.Split(" (Parameter")[0], "Change the keys.");
        }
    }

    private static Dictionary<GridPoint, FrameRecorded> FramesOf(ExperimentState state) => state.Points.Values
        .Where(static point => point.Frame is not null)
        .GroupBy(static point => point.Target)
        .ToDictionary(static group => group.Key, static group => group.Last().Frame!);

    private static Measurement MeasurementOf(
        PointState point,
        IScalarizer scalarizer,
        Dictionary<GridPoint, FrameRecorded> frames,
        RunPicture picture,
        IJournalReader journal)
    {
        GridShape extent = picture.Design.Settings.SiteExtent;
        return new Measurement(RunLibrary.ReadFrame(journal, point.Frame!), point.Frame!.ReadBack)
        {
            Neighbours =
            [
                .. scalarizer.Neighbours.Select(offset => frames.TryGetValue(
                    new GridPoint(
                        point.Target.Row + (offset.Rows * extent.Rows),
                        point.Target.Column + (offset.Columns * extent.Columns)),
                    out FrameRecorded? beside)
                    ? RunLibrary.ReadFrame(journal, beside)
                    : null),
            ],
        };
    }

    private static NextPlace? NextIn(FloatArray map)
    {
        int best = -1;
        for (int i = 0; i < map.Values.Length; i++)
        {
            best = float.IsFinite(map.Values[i]) && (best < 0 || map.Values[i] > map.Values[best]) ? i : best;
        }

        return best < 0 ? null : new NextPlace(best / map.Columns, best % map.Columns, map.Values[best]);
    }
}
