using DklActors.Learning.Acquisition;

namespace DklActors.Learning.Tests.Acquisition;

public sealed class AcquisitionCatalogTests
{
    [Fact]
    public void Every_name_makes_a_function_that_bears_it()
    {
        AcquisitionCatalog.Names.Should().HaveCount(10).And.OnlyHaveUniqueItems();
        foreach (string name in AcquisitionCatalog.Names)
        {
            AcquisitionCatalog.Create(name).Identity.Should().StartWith(name);
        }
    }

    [Theory]
    [InlineData("expected-improvement", 0.5, "expected-improvement(0.5)")]
    [InlineData("upper-confidence-bound", 3.0, "upper-confidence-bound(3)")]
    [InlineData("thompson", 256.0, "thompson(256)")]
    [InlineData("log-expected-improvement", 0.1, "log-expected-improvement(0.1)")]
    [InlineData("noisy-expected-improvement", 16.0, "noisy-expected-improvement(16)")]
    [InlineData("probability-of-improvement", 0.2, "probability-of-improvement(0.2)")]
    [InlineData("knowledge-gradient", 32.0, "knowledge-gradient(32)")]
    [InlineData("integrated-variance-reduction", 50.0, "integrated-variance-reduction(50)")]
    public void A_parameter_becomes_part_of_the_identity(string name, double parameter, string identity) =>
        AcquisitionCatalog.Create(name, parameter).Identity.Should().Be(identity);

    [Theory]
    [InlineData("expected-improvment", null, "*expected-improvement, log-expected-improvement*")]
    [InlineData("random", 2.0, "*takes no parameter*")]
    [InlineData("maximum-uncertainty", 2.0, "*takes no parameter*")]
    [InlineData("upper-confidence-bound", -1.0, "*0 or greater*")]
    [InlineData("expected-improvement", double.NaN, "*finite*")]
    [InlineData("thompson", 100.5, "*whole*")]
    [InlineData("knowledge-gradient", 1.0, "*whole, 2 to 1024*")]
    [InlineData("noisy-expected-improvement", double.PositiveInfinity, "*whole, 1 to 1024*")]
    [InlineData("integrated-variance-reduction", 0.0, "*whole, 1 to 4096*")]
    public void What_makes_no_sense_is_refused_with_a_remedy(string name, double? parameter, string message)
    {
        Action creation = () => AcquisitionCatalog.Create(name, parameter);
        creation.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Of_equal_scores_the_lowest_number_wins_and_neither_NaN_nor_the_excluded_do()
    {
        NextPoint.Choose([1.0, 3.0, 3.0, 2.0], []).Should().Be(1);
        NextPoint.Choose([1.0, 3.0, 3.0, 2.0], [false, true, false, false]).Should().Be(2);
        NextPoint.Choose([double.NaN, double.NegativeInfinity], []).Should().Be(1);
        NextPoint.Choose([double.NaN, 1.0], [false, true]).Should().Be(NextPoint.None);
        Action mismatch = () => NextPoint.Choose([1.0, 2.0], [true]);
        mismatch.Should().Throw<ArgumentException>().WithMessage("*2 scores*");
    }
}
