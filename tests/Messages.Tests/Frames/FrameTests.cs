using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Messages.Tests.Frames;

public sealed class FrameTests
{
    [Fact]
    public void A_spectrum_must_have_as_many_counts_as_its_axis_has_channels()
    {
        Action making = () => _ = new SpectrumFrame(
            new EnergyAxis(new ElectronVolt(0), new ElectronVolt(1), 3), new float[4]);

        making.Should().Throw<ArgumentException>().WithMessage("*4 counts*3 channels*");
    }

    [Fact]
    public void A_pattern_must_fill_its_detector()
    {
        Action making = () => _ = new PatternFrame(new GridShape(2, 3), new float[5]);

        making.Should().Throw<ArgumentException>().WithMessage("*5 counts*2×3 px*");
    }

    [Fact]
    public void An_image_must_be_full_and_is_indexed_by_row_then_column()
    {
        Action making = () => _ = new StructuralImage("HAADF", new GridShape(2, 3), new Nanometre(1), new float[7]);
        var image = new StructuralImage(
            "HAADF", new GridShape(2, 3), new Nanometre(1), new float[] { 0, 1, 2, 3, 4, 5 });

        making.Should().Throw<ArgumentException>().WithMessage("*7 values*2×3 px*");
        image[new GridPoint(1, 0)].Should().Be(3);
        image[new GridPoint(0, 2)].Should().Be(2);
    }
}
