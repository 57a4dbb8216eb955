using DklActors.Instruments.Files;
using DklActors.Instruments.Files.DigitalMicrograph;

namespace DklActors.Instruments.Tests.Files.DigitalMicrograph;

/// <summary>
/// Files that microscopes have written. The expected numbers come from a few lines of Python with struct and NumPy,
/// which know nothing of this reader.
/// </summary>
public sealed class RealFileTests
{
    private const string SpectrumImage = "si_eels_interface/SI-EELS.dm3";
    private const string Haadf = "si_eels_interface/SI-HAADF.dm3";
    private const string Survey = "si_eels_interface/SI-Survey.dm3";
    private const string CoreLoss = "eels_single/EELS_STO.dm3";
    private const string LowLoss = "eels_single/AL-DFoffset0.00.dm3";
    private const string Version4 = "formats/EELS_SI.dm4";

    [SharedDataFact(SpectrumImage)]
    public void A_spectrum_image_of_version_3()
    {
        using DigitalMicrographFile file = Open(SpectrumImage);
        DataArray data = file.Read("data");

        file.Images.Should().ContainSingle().Which.Title.Should().Be("06-EELS Spectrum Image");
        data.ShapeText.Should().Be("(49, 6, 1024)");
        Range(data, 0, 4).Should().Equal(4271, 4381, 4209, 4321);
        data[(((10 * 6) + 3) * 1024) + 500].Should().Be(1533);
        Range(data, (49 * 6 * 1024) - 4, 4).Should().Equal(524, 614, 711, 598);
        data.ToDoubles().Sum().Should().Be(449_065_142);
        double[] energies = file.Read("energy").ToDoubles();
        energies[0].Should().Be(350);
        energies[^1].Should().Be(861.5);
        file.Images[0].Axes[0].Should().Be(new AxisCalibration(0, 1, ""));
    }

    [SharedDataFact(Haadf)]
    public void An_image_that_is_not_calibrated()
    {
        using DigitalMicrographFile file = Open(Haadf);
        DataArray data = file.Read("data");

        file.Names.Should().Equal("data");
        data.ShapeText.Should().Be("(1568, 192)");
        data[0].Should().Be(1792.8826904296875);
        data[(700 * 192) + 5].Should().Be(1756.469482421875);
        data[(1568 * 192) - 1].Should().Be(1775.876220703125);
    }

    [SharedDataFact(Survey)]
    public void An_image_of_integers()
    {
        using DigitalMicrographFile file = Open(Survey);
        DataArray data = file.Read("data");

        data.ShapeText.Should().Be("(512, 512)");
        data.ElementType.Should().Be("<u4");
        Range(data, 0, 3).Should().Equal(2884032, 2904467, 2894022);
        data[(512 * 512) - 1].Should().Be(2985239);
        data.ToDoubles().Sum().Should().Be(766_802_786_491);
    }

    [SharedDataFact(CoreLoss)]
    public void A_single_spectrum_with_its_strongest_channel_at_the_titanium_edge()
    {
        using DigitalMicrographFile file = Open(CoreLoss);
        double[] counts = file.Read("data").ToDoubles();

        counts.Should().HaveCount(2048);
        counts.Sum().Should().Be(162_759_720);
        int strongest = Array.IndexOf(counts, counts.Max());
        strongest.Should().Be(445);
        file.Read("energy")[strongest].Should().Be(461.25);
    }

    [SharedDataFact(LowLoss)]
    public void A_low_loss_spectrum_with_its_zero_loss_peak_near_zero()
    {
        using DigitalMicrographFile file = Open(LowLoss);
        double[] counts = file.Read("data").ToDoubles();

        int strongest = Array.IndexOf(counts, counts.Max());
        strongest.Should().Be(173);
        file.Read("energy")[strongest].Should().BeApproximately(-0.127412, 1e-6);
    }

    [SharedDataFact(Version4)]
    public void A_spectrum_image_of_version_4()
    {
        using DigitalMicrographFile file = Open(Version4);
        DataArray data = file.Read("data");

        file.Version.Should().Be(4);
        data.ShapeText.Should().Be("(2, 2, 2048)");
        Range(data, 2048, 3).Should().Equal(7891.006f, 8126.4023f, 7949.6514f);
        data[(2 * 2048) + 100].Should().Be(4370.911f);
        data[(4 * 2048) - 1].Should().Be(115.013916f);
        file.Read("energy")[0].Should().Be(300);
        file.Read("pixel_size")[0].Should().BeApproximately(1.9920736, 1e-6);
        file.Images[0].Intensity.Scale.Should().BeApproximately(0.1285347, 1e-7);
        file.Images[0].Intensity.Unit.Should().Be("e-");
    }

    private static DigitalMicrographFile Open(string name) => DigitalMicrographFile.Open(SharedData.PathOf(name));

    private static IEnumerable<double> Range(DataArray array, int first, int count) =>
        Enumerable.Range(first, count).Select(i => array[i]);
}
