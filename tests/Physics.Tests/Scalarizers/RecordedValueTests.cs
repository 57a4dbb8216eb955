using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Tests.Scalarizers;

public sealed class RecordedValueTests
{
    private static readonly IScalarizer Value = ScalarizerCatalog.Create(new ScalarizerSpec("value"));

    [Theory]
    [InlineData(0.25f)]
    [InlineData(0f)]
    [InlineData(-7.5f)]
    public void The_number_is_taken_as_it_is_and_its_error_is_not_known(float recorded) =>
        Value.Evaluate(FrameOf(recorded)).Should().Be(new ScalarResult(recorded, 0, ScalarQuality.Good));

    [Fact]
    public void What_is_no_number_is_bad() =>
        Value.Evaluate(FrameOf(float.NaN)).Quality.Should().Be(ScalarQuality.Bad);

    [Fact]
    public void A_frame_of_several_numbers_is_bad() =>
        Value.Evaluate(new PatternFrame(new GridShape(1, 2), new float[] { 1, 2 })).Reason
            .Should().Contain("holds 2");

    [Fact]
    public void Its_identity_has_no_window() => Value.Identity.Should().Be("value/1");

    [Fact]
    public void It_is_for_values_and_not_for_spectra()
    {
        var spec = new ScalarizerSpec("value");

        spec.Validate(null).Should().BeNull();
        spec.Validate(Sample.Axis).Should().Contain("takes spectra");
        Sample.Spec("value", Sample.Window(2, 3)).Validate(null).Should().Contain("it takes none");
    }

    private static PatternFrame FrameOf(float value) => new(new GridShape(1, 1), new[] { value });
}
