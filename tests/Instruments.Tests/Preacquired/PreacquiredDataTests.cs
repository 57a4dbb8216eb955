using DklActors.Instruments.Files;
using DklActors.Instruments.Preacquired;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Preacquired;

public sealed class PreacquiredDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Spectra_open_with_their_axis_and_pixel_size()
    {
        PreacquiredData data = PreacquiredData.Open(SourceOf(Write()));

        data.Image.Shape.Should().Be(new GridShape(2, 3));
        data.Image[new GridPoint(1, 0)].Should().Be(13);
        data.Image.PixelSize.Should().Be(new Nanometre(2.5));
        data.EnergyAxis.Should().Be(new EnergyAxis(new ElectronVolt(100), new ElectronVolt(50), 4));
        data.PatternShape.Should().BeNull();
    }

    [Fact]
    public void Patterns_open_without_an_axis()
    {
        string path = _folder.WriteNpz("patterns.npz", static writer =>
        {
            writer.Add<float>("haadf", [2, 3], [1, 2, 3, 4, 5, 6]);
            writer.Add<byte>("frames", [2, 3, 2, 2], [.. Enumerable.Range(0, 24).Select(static i => (byte)i)]);
        });
        PreacquiredSource source = new(path, "haadf", "frames", new PixelSizeSource.Given(new Nanometre(1)));

        PreacquiredData data = PreacquiredData.Open(source);

        data.PatternShape.Should().Be(new GridShape(2, 2));
        data.EnergyAxis.Should().BeNull();
        Invoking(source with { Energy = new EnergyAxisSource.FromArray("e", EnergyUnit.ElectronVolt) })
            .Should().Throw<DataFileException>().WithMessage("*'frames'*patterns, but an energy axis is given*");
    }

    [Fact]
    public void Units_of_energy_and_length_are_converted()
    {
        PreacquiredSource source = SourceOf(Write(energies: [0.1, 0.15, 0.2, 0.25])) with
        {
            Energy = new EnergyAxisSource.FromArray("energy", EnergyUnit.KiloelectronVolt),
            PixelSize = new PixelSizeSource.FromArray("px", LengthUnit.Angstrom),
        };

        PreacquiredData data = PreacquiredData.Open(source);

        data.EnergyAxis!.Origin.Value.Should().BeApproximately(100, 1e-9);
        data.EnergyAxis.Dispersion.Value.Should().BeApproximately(50, 1e-9);
        data.Image.PixelSize.Value.Should().BeApproximately(0.25, 1e-12);
    }

    [Fact]
    public void A_given_axis_needs_no_array()
    {
        PreacquiredSource source = SourceOf(Write()) with
        {
            Energy = new EnergyAxisSource.Given(new ElectronVolt(-1), new ElectronVolt(0.02)),
        };

        PreacquiredData.Open(source).EnergyAxis
            .Should().Be(new EnergyAxis(new ElectronVolt(-1), new ElectronVolt(0.02), 4));
    }

    [Fact]
    public void Frames_on_another_grid_are_refused_with_both_shapes()
    {
        string path = _folder.WriteNpz("data.npz", static writer =>
        {
            writer.Add<float>("haadf", [3, 2], new float[6]);
            writer.Add<byte>("spectra", [2, 3, 4], new byte[24]);
            writer.Add<double>("px", [], [2.5]);
        });

        Invoking(SourceOf(path)).Should().Throw<DataFileException>().WithMessage(
            "*data.npz, array 'spectra': its shape is (2, 3, 4), and (3, 2, channels)*image 'haadf' is 3 × 2*");
    }

    [Fact]
    public void An_image_with_holes_is_refused_with_the_pixel() =>
        Invoking(SourceOf(Write(image: [1, 2, 3, 4, float.NaN, 6])))
            .Should().Throw<DataFileException>().WithMessage("*'haadf': the pixel (1, 1) is NaN*");

    [Fact]
    public void A_bent_axis_is_refused_with_the_channel() =>
        Invoking(SourceOf(Write(energies: [100, 150, 210, 250])))
            .Should().Throw<DataFileException>().WithMessage("*'energy': channel 2 is at 210 eV*200 eV*");

    [Theory]
    [InlineData(250.0, 200.0, 150.0, 100.0)]
    [InlineData(double.NaN, 150.0, 200.0, 250.0)]
    [InlineData(100.0, 100.0, 100.0, 100.0)]
    public void An_axis_that_does_not_rise_is_refused(params double[] energies) =>
        Invoking(SourceOf(Write(energies: energies)))
            .Should().Throw<DataFileException>().WithMessage("*'energy'*must be finite and rise*");

    [Fact]
    public void An_axis_of_another_length_is_refused_with_both_lengths() =>
        Invoking(SourceOf(Write(energies: [1, 2, 3])))
            .Should().Throw<DataFileException>().WithMessage("*'energy': its shape is (3,), and (4,)*");

    [Fact]
    public void Spectra_without_an_axis_are_refused() =>
        Invoking(SourceOf(Write()) with { Energy = null })
            .Should().Throw<DataFileException>().WithMessage("*energy axis is not given*");

    [Fact]
    public void A_pixel_size_must_be_one_positive_number()
    {
        PreacquiredSource source = SourceOf(Write());

        Invoking(source with { PixelSize = new PixelSizeSource.FromArray("energy", LengthUnit.Nanometre) })
            .Should().Throw<DataFileException>().WithMessage("*'energy'*one number*");
        Invoking(source with { PixelSize = new PixelSizeSource.Given(new Nanometre(0)) })
            .Should().Throw<DataFileException>().WithMessage("*pixel size of 0 nm*");
    }

    [SharedDataFact(Silica.File)]
    public void The_real_silica_spectrum_image_opens()
    {
        PreacquiredData data = PreacquiredData.Open(Silica.Source);

        data.Image.Shape.Should().Be(new GridShape(128, 128));
        data.Image.PixelSize.Value.Should().BeApproximately(8.552, 0.001);
        data.EnergyAxis!.Channels.Should().Be(2048);
        data.EnergyAxis.Origin.Value.Should().Be(0);
        data.EnergyAxis.Dispersion.Value.Should().BeApproximately(10, 1e-6);
    }

    public void Dispose() => _folder.Dispose();

    private static Action Invoking(PreacquiredSource source) => () => PreacquiredData.Open(source);

    private static PreacquiredSource SourceOf(string path) =>
        new(path, "haadf", "spectra", new PixelSizeSource.FromArray("px", LengthUnit.Nanometre))
        {
            Energy = new EnergyAxisSource.FromArray("energy", EnergyUnit.ElectronVolt),
        };

    private string Write(float[]? image = null, double[]? energies = null) =>
        _folder.WriteNpz("data.npz", writer =>
        {
            writer.Add<float>("haadf", [2, 3], image ?? [10, 11, 12, 13, 14, 15]);
            writer.Add<byte>("spectra", [2, 3, 4], [.. Enumerable.Range(0, 24).Select(static i => (byte)i)]);
            energies ??= [100, 150, 200, 250];
            writer.Add<double>("energy", [energies.Length], energies);
            writer.Add<double>("px", [], [2.5]);
        });
}
