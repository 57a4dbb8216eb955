using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Ladder;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Learning.Tests.Ladder;

public sealed class SerialExperimentTests
{
    private static readonly GridShape Shape = new(24, 24);

    [Fact]
    public void Where_structure_decides_the_rungs_that_see_it_beat_the_one_that_does_not()
    {
        // Stripes in the image and in the scalar; position alone would need to sample every stripe.
        KnownScalars data = Data(point => Math.Sin(point.Column * 1.3) + (0.2 * Math.Sin(point.Row * 0.9)));
        Rmse("dkl", data).Should().BeLessThan(0.7 * Rmse("xy-gp", data));
    }

    [Fact]
    public void Where_position_decides_the_rung_that_knows_only_position_is_as_good_as_any()
    {
        KnownScalars data = Data(point => Math.Sin(point.Column * 1.3), point => point.Row / 24.0);
        Rmse("xy-gp", data).Should().BeLessThan(Rmse("pca-gp", data));
    }

    [Fact]
    public void The_same_seed_takes_the_same_steps()
    {
        KnownScalars data = Data(point => Math.Sin(point.Column * 0.7) * Math.Cos(point.Row * 0.5));
        double[] first = Errors("dkl", data);
        Errors("dkl", data).Should().Equal(first);
    }

    [Fact]
    public void Seed_points_that_the_data_name_stand_in_for_a_design()
    {
        KnownScalars data = Data(point => Math.Sin(point.Column * 0.7) + (0.01 * point.Row));
        int best = Array.IndexOf(data.Truth, data.Truth.Max());
        KnownScalars named = data with { SeedPoints = [3, 50, 120, best, 7] };
        Experiment("pca-gp", named).Run(1, 4, 0, _ => true).Single().BestFound.Should().Be(1);
        Experiment("pca-gp", named).Run(1, 3, 0, _ => true).Single().BestFound.Should().BeLessThan(1);
    }

    [Fact]
    public void A_measurement_that_gives_nothing_is_not_learned_from_and_not_repeated()
    {
        KnownScalars data = Data(point => Math.Sin(point.Column * 0.7));
        for (int i = 0; i < data.Measured.Length; i += 2)
        {
            data.Measured[i] = double.NaN;
        }

        KnownScalars noisy = data with { Truth = (double[])Data(point => Math.Sin(point.Column * 0.7)).Truth.Clone() };
        Errors("pca-gp", noisy).Should().OnlyContain(error => double.IsFinite(error));
    }

    [Fact]
    public void Every_rung_can_drive_an_experiment()
    {
        KnownScalars data = Data(point => Math.Sin(point.Column * 0.7));
        foreach (string name in Strategies.Names)
        {
            Experiment(name, data).Run(1, 5, 6, _ => true).Should().HaveCount(7);
        }
    }

    [Fact]
    public void A_rung_that_is_not_there_is_refused_with_those_that_are() =>
        FluentActions.Invoking(() => Strategies.Named("oracle"))
            .Should().Throw<ArgumentException>().WithMessage("*pca-gp*");

    private static double Rmse(string strategy, KnownScalars data) => Errors(strategy, data)[^1];

    private static double[] Errors(string strategy, KnownScalars data) =>
        [.. Experiment(strategy, data).Run(1, 8, 20, step => step % 10 == 0).Select(step => step.Score.Rmse)];

    private static SerialExperiment Experiment(string strategy, KnownScalars data) =>
        new(data, Strategies.Named(strategy), new MaximumUncertainty(), Goal.Maximise, TimeProvider.System);

    private static KnownScalars Data(Func<GridPoint, double> image, Func<GridPoint, double>? scalar = null)
    {
        float[] pixels = [.. Enumerable.Range(0, Shape.Count).Select(i => (float)image(Shape.PointAt(i)))];
        var candidates = CandidateSet.Create(
            new StructuralImage("HAADF", Shape, new Nanometre(1), pixels), new PatchWindow(5));
        double[] values =
            [.. Enumerable.Range(0, candidates.Count).Select(i => (scalar ?? image)(candidates.PointAt(i)))];
        return new KnownScalars(candidates, values, new double[values.Length], values);
    }
}
