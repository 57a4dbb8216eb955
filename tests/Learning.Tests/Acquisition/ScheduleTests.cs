using DklActors.Learning.Acquisition;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;

namespace DklActors.Learning.Tests.Acquisition;

public sealed class ScheduleTests
{
    private const int Count = 80;

    [Theory]
    [InlineData(0, "maximum-uncertainty")]
    [InlineData(4, "maximum-uncertainty")]
    [InlineData(5, "upper-confidence-bound(3)")]
    [InlineData(8, "upper-confidence-bound(3)")]
    [InlineData(9, "log-expected-improvement(0.1)")]
    [InlineData(20, "log-expected-improvement(0.1)")]
    public void The_number_of_measurements_chooses_the_function(int observations, string expected)
    {
        IAcquisitionFunction schedule = AcquisitionText.Parse(
            "maximum-uncertainty until 5, then upper-confidence-bound(3) until 9, then log-expected-improvement(0.1)");
        var posterior = Posterior.Condition(
            Scenes.Model(Count, 2, KernelKind.Rbf), Scenes.RandomObservations(Count, observations));
        var input = new AcquisitionInput(posterior, 51.0, Goal.Maximise, 3);

        Scores(schedule, input).Should().Equal(Scores(AcquisitionText.Parse(expected), input));
        schedule.ScoresAreLogarithms(input).Should().Be(observations >= 9);
    }

    [Fact]
    public void A_point_on_its_way_counts()
    {
        IAcquisitionFunction schedule = AcquisitionText.Parse("maximum-uncertainty until 3, then random");
        var two = Posterior.Condition(Scenes.Model(Count, 2, KernelKind.Rbf), Scenes.RandomObservations(Count, 2));
        var input = new AcquisitionInput(two.Believe(7), 51.0, Goal.Maximise, 3);

        Scores(schedule, input).Should().Equal(Scores(new RandomAcquisition(), input));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("expected-improvement(0.25)")]
    [InlineData("maximum-uncertainty until 30, then noisy-expected-improvement(32)")]
    [InlineData("random until 2, then thompson(64) until 9, then knowledge-gradient(20)")]
    public void An_identity_reads_back_as_what_it_names(string identity) =>
        AcquisitionText.Parse(identity).Identity.Should().Be(identity);

    [Theory]
    [InlineData("", "*no acquisition function ''*")]
    [InlineData("random until 5", "*no acquisition function*")]
    [InlineData("random, then random", "*does not say when it ends*")]
    [InlineData("random until -3, then random", "*does not say when it ends*")]
    [InlineData("random until 0, then random", "*later than the one before*")]
    [InlineData("random until 5, then random until 4, then random", "*later than the one before*")]
    [InlineData("thompson(", "*not a number*")]
    [InlineData("thompson()", "*not a number*")]
    [InlineData("thompson(64", "*not a number*")]
    public void Text_that_names_nothing_is_refused_with_a_remedy(string text, string message)
    {
        Action parsing = () => AcquisitionText.Parse(text);
        parsing.Should().Throw<ArgumentException>().WithMessage(message);
    }

    private static double[] Scores(IAcquisitionFunction function, AcquisitionInput input)
    {
        double[] scores = new double[Count];
        function.Score(input, scores);
        return scores;
    }
}
