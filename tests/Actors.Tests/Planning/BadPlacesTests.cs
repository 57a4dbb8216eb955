using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Running;
using DklActors.Actors.Tests.Support;
using DklActors.Learning.Acquisition;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Actors.Tests.Planning;

/// <summary>A hole in the sample, where there is nothing to learn, does not draw point after point.</summary>
public sealed class BadPlacesTests
{
    [Fact]
    public async Task Places_that_give_nothing_to_learn_from_are_not_looked_at_again_and_again()
    {
        await using var laboratory = new Laboratory();
        laboratory.Scalarizer = new WithHole(laboratory.Scalarizer);
        laboratory.Settings = laboratory.Settings with
        {
            Plan = new PlanSettings(8, SeedDesignKind.SpaceFilling, 32, 1, new MaximumUncertainty(), Goal.Maximise),
        };

        ExperimentOutcome outcome = await laboratory.RunAsync();

        PointState[] planned = [.. outcome.State.Points.Values.Skip(8)];
        int bad = planned.Count(point => point.Scalar!.Quality == ScalarQuality.Bad);
        // A third of the image is the hole. Where bad points were forgotten, 13 of 32 lay in it.
        bad.Should().BeLessThan(9, "the hole is known after some points in it");
    }

    private sealed class WithHole(IScalarizer inner) : IScalarizer
    {
        public string Identity => $"{inner.Identity}, with a hole";

        public string Unit => inner.Unit;

        public ScalarResult Evaluate(in Measurement measurement) => measurement.Place.Row < 14
            ? ScalarResult.Bad("There is no sample.")
            : inner.Evaluate(in measurement);
    }
}
