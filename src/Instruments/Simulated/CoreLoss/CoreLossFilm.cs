using DklActors.Instruments.Simulated.Patterns;
using DklActors.Instruments.Virtual;

namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>How thick each material is at each place.</summary>
internal sealed class CoreLossFilm
{
    private const double SupportNanometres = 10;
    private const double WedgeShare = 0.35;

    // The two oxides interdiffuse over this standard deviation, in pixels of the scan.
    private const double InterfacePixels = 1.2;
    private const int Waves = 3;

    private readonly double _height;
    private readonly double _width;
    private readonly double _thickness;
    private readonly double _interface;
    private readonly double _rim;
    private readonly (double Amplitude, double Frequency, double Phase)[] _waves;
    private readonly (double Row, double Column, double Radius)[] _particles;
    private readonly double _bareRow;

    public CoreLossFilm(CoreLossOptions options)
    {
        _height = (options.Grid.Rows - 1) * options.PixelSize.Value;
        _width = (options.Grid.Columns - 1) * options.PixelSize.Value;
        _thickness = options.Thickness.Value;
        _interface = InterfacePixels * options.PixelSize.Value;
        _rim = 0.8 * options.PixelSize.Value;
        // The upper rim of the view is bare carbon.
        _bareRow = 0.12 * _height;
        SeededStream random = SeededStream.Of(options.Seed, "interface");
        _waves = new (double, double, double)[Waves];
        for (int i = 0; i < Waves; i++)
        {
            _waves[i] = (
                0.06 * _width * random.NextBetween(0.4, 1) / (i + 1),
                2 * Math.PI * (i + 1) / Math.Max(_height, 1e-9),
                random.NextBetween(0, 2 * Math.PI));
        }

        SeededStream strewn = SeededStream.Of(options.Seed, "particles");
        double edge = Math.Min(_height, _width);
        _particles = new (double, double, double)[options.Particles];
        for (int i = 0; i < _particles.Length; i++)
        {
            _particles[i] = (
                strewn.NextBetween(_bareRow, _height),
                strewn.NextBetween(0, _width),
                edge * strewn.NextBetween(0.03, 0.07));
        }
    }

    /// <summary>Fills the thickness in nm of each of <see cref="Material.All"/>.</summary>
    public void ThicknessesAt(double row, double column, Span<double> thicknesses)
    {
        double film = _thickness * (1 + (WedgeShare * ((2 * row / Math.Max(_height, 1e-9)) - 1)))
            * 0.5 * ErrorFunction.Complement((_bareRow - row) / (Math.Sqrt(2) * _rim));
        double boundary = 0.5 * _width;
        foreach ((double amplitude, double frequency, double phase) in _waves)
        {
            boundary += amplitude * Math.Sin((frequency * row) + phase);
        }

        double second = 0.5 * ErrorFunction.Complement((boundary - column) / (Math.Sqrt(2) * _interface));
        double particles = 0;
        foreach ((double particleRow, double particleColumn, double radius) in _particles)
        {
            double distance = double.Hypot(row - particleRow, column - particleColumn);
            // Flat particles: half as thick as the film, with a rim as round as a lens.
            double depth = 1 - (distance * distance / (radius * radius));
            particles = Math.Max(particles, depth > 0 ? 0.5 * _thickness * Math.Sqrt(depth) : 0);
        }

        thicknesses[0] = SupportNanometres;
        thicknesses[1] = film * (1 - second);
        thicknesses[2] = film * second;
        thicknesses[3] = particles;
    }
}
