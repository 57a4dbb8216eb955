using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Regions.Comparing;

/// <summary>
/// Two regions in one space of features, by which a model of the one can be asked about the other. What a feature means
/// depends on the image that it is standardised over, so that both images are put into one.
/// </summary>
/// <remarks>
/// The second image stands below the first, between them as much of each mirrored as the widest filter reaches, which
/// is how features treat the edge of an image: none sees across. Of either image every so many-th candidate is taken,
/// and all measured ones. Position means nothing from one region to the other and is left out: what is compared is what
/// structure alone tells.
/// </remarks>
internal sealed class JointStructure
{
    // Four deviations of the widest Gaussian of the default learner.
    private const int Seam = 32;
    private const int MostCandidates = 4000;
    private const int Neighbours = 3;

    private readonly CandidateSet _candidates;
    private readonly IDklEngine _engine;
    private readonly RegionRecord[] _regions;
    private readonly int[] _rows;
    private readonly ulong _seed;

    private JointStructure(RegionRecord[] regions, CandidateSet candidates, int[] rows, IDklEngine engine, ulong seed)
    {
        _regions = regions;
        _candidates = candidates;
        _rows = rows;
        _engine = engine;
        _seed = seed;
    }

    /// <summary>Null where nothing can be compared.</summary>
    /// <param name="first">One region.</param>
    /// <param name="second">The other.</param>
    /// <param name="problem">Why not, or null.</param>
    public static JointStructure? Of(RegionRecord first, RegionRecord second, out string? problem)
    {
        ImmutableArray<EnsembleMember> members =
        [
            .. first.Design.Learner.Members.Where(static member => member.UsesStructure),
        ];
        problem = ProblemOf(first, second) ?? (members.IsEmpty ? "the model does not look at structure" : null);
        if (problem is not null)
        {
            return null;
        }

        (StructuralImage image, int shift) = Stack(first.Candidates!.Image, second.Candidates!.Image);
        CandidateSet candidates = CandidateSet.Among(
            image, first.Candidates.Window, [.. PlacesOf(first, 0), .. PlacesOf(second, shift)]);
        LearnerOptions learner = (first.Design.Learner with { Members = members }).Change(static options =>
            options with { Features = options.Features with { Position = false } });
        return new JointStructure(
            [first, second], candidates, [0, shift], learner.CreateEngine(candidates), first.State.Started!.Seed);
    }

    /// <summary>Trains on one region and predicts every scalar that was measured in the other.</summary>
    /// <param name="from">0 to learn from the first region, 1 from the second.</param>
    /// <exception cref="TrainingFailedException">No usable model came of it.</exception>
    public CrossPrediction Predict(int from)
    {
        Observation[] learned = ObservationsOf(from), asked = ObservationsOf(1 - from);
        Posterior belief = Train(learned);
        double mean = asked.Average(static one => one.Value);
        double errors = 0, spread = 0;
        int within = 0;
        foreach (Observation one in asked)
        {
            double error = one.Value - belief.Mean[one.Candidate];
            errors += error * error;
            spread += (one.Value - mean) * (one.Value - mean);
            within += Math.Abs(error) <= belief.DeviationAt(one.Candidate) ? 1 : 0;
        }

        return new CrossPrediction(
            _regions[from].Name, _regions[1 - from].Name, asked.Length, spread > 0 ? 1 - (errors / spread) : null,
            Math.Sqrt(errors / asked.Length), (double)within / asked.Length);
    }

    /// <summary>
    /// How far the measured patches of both regions are mixed where the model sees them: of each one's three nearest
    /// neighbours the share from the other region, over the share that the same kind of patches would have. 1 for the
    /// same kind, 0 for kinds that have nothing in common (Schilling 1986, J. Am. Stat. Assoc. 81, 799).
    /// </summary>
    /// <exception cref="TrainingFailedException">No usable model came of it.</exception>
    public double Mixing()
    {
        Observation[][] both = [ObservationsOf(0), ObservationsOf(1)];
        ProcessModel process = Train([.. both[0], .. both[1]]).Model switch
        {
            ProcessModel single => single,
            MixtureModel mixture => mixture.Members.MaxBy(static member => member.Weight)!.Process,
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no embedding."),
        };
        (float[] Place, int Region)[] points =
        [
            .. both.SelectMany((observations, region) =>
                observations.Select(one => (PlaceOf(process, one.Candidate), region))),
        ];
        int count = points.Length, others = 0;
        foreach ((float[] place, int region) in points)
        {
            others += points.Where(point => point.Place != place)
                .OrderBy(point => DistanceOf(place, point.Place)).Take(Neighbours)
                .Count(point => point.Region != region);
        }

        double expected = 2.0 * both[0].Length * both[1].Length / ((double)count * (count - 1));
        return Math.Min(1, others / (double)(Neighbours * count) / expected);
    }

    private static string? ProblemOf(RegionRecord first, RegionRecord second)
    {
        foreach (RegionRecord region in new[] { first, second })
        {
            if (region.Candidates is null || region.Scalars.Length <= Neighbours)
            {
                return $"too little is measured in {region.Name}";
            }
        }

        if (first.Design.Scalarizer.Identity != second.Design.Scalarizer.Identity)
        {
            return "a person chose another scalarizer in one of them";
        }

        double one = first.Candidates!.Image.PixelSize.Value, two = second.Candidates!.Image.PixelSize.Value;
        return Math.Abs(one - two) > 1e-6 * one
            ? FormattableString.Invariant($"a pixel has {one:G4} nm in {first.Name} and {two:G4} nm in {second.Name}")
            : null;
    }

    private Posterior Train(IReadOnlyList<Observation> observations)
    {
        TrainedModel trained = _engine.Train(
            new TrainingRequest(1, [.. observations], null, _seed), CancellationToken.None);
        return Posterior.Condition(trained.Model, observations);
    }

    private Observation[] ObservationsOf(int region) =>
        [.. _regions[region].Scalars.Select(scalar => scalar.At(_candidates, _rows[region]))];

    // In lengthscales, so that what does not matter for the scalar does not count.
    private static float[] PlaceOf(ProcessModel process, int candidate)
    {
        float[] place = new float[process.Dimension];
        for (int d = 0; d < place.Length; d++)
        {
            float embedded = process.Embeddings.Span[(candidate * place.Length) + d];
            place[d] = (float)(embedded / process.Kernel.Lengthscales[d]);
        }

        return place;
    }

    private static double DistanceOf(float[] one, float[] other) =>
        one.Zip(other, static (a, b) => (double)(a - b) * (a - b)).Sum();

    private static IEnumerable<GridPoint> PlacesOf(RegionRecord region, int rows)
    {
        CandidateSet candidates = region.Candidates!;
        int step = Math.Max(1, (candidates.Count + MostCandidates - 1) / MostCandidates);
        return Enumerable.Range(0, candidates.Count).Where(place => place % step == 0).Select(candidates.PointAt)
            .Concat(region.Scalars.Select(static scalar => scalar.Patch)).Distinct()
            .Select(place => new GridPoint(place.Row + rows, place.Column));
    }

    private static (StructuralImage Image, int Shift) Stack(StructuralImage first, StructuralImage second)
    {
        int seam = Math.Min(Seam, Math.Min(first.Shape.Rows, second.Shape.Rows));
        int columns = Math.Max(first.Shape.Columns, second.Shape.Columns);
        int shift = first.Shape.Rows + (2 * seam);
        var shape = new GridShape(shift + second.Shape.Rows, columns);
        float[] values = new float[shape.Count];
        for (int row = 0; row < shape.Rows; row++)
        {
            (StructuralImage of, int at) = row < first.Shape.Rows + seam ? (first, row) : (second, row - shift);
            int inside = Mirrored(at, of.Shape.Rows);
            for (int column = 0; column < columns; column++)
            {
                values[(row * columns) + column] =
                    of[new GridPoint(inside, Mirrored(column, of.Shape.Columns))];
            }
        }

        return (new StructuralImage(first.Channel, shape, first.PixelSize, values), shift);
    }

    // About the edge of the outermost pixel, as often as it takes.
    private static int Mirrored(int index, int length)
    {
        int period = ((index % (2 * length)) + (2 * length)) % (2 * length);
        return period < length ? period : (2 * length) - 1 - period;
    }
}

/// <summary>What a model of one region, by structure alone, says of another.</summary>
/// <param name="From">The region that it learned from.</param>
/// <param name="To">The region whose measured scalars it predicts.</param>
/// <param name="Points">How many.</param>
/// <param name="R2">Share of their variance that it explains; negative where their mean would be nearer; null where
/// they are all the same.</param>
/// <param name="Rmse">In the scalarizer's unit.</param>
/// <param name="Coverage68">Share inside its 68 % interval for a measurement.</param>
internal sealed record CrossPrediction(
    string From, string To, int Points, double? R2, double Rmse, double Coverage68);
