using DklActors.Instruments.Virtual;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated;

/// <summary>What every simulated sample and its microscope have in common.</summary>
public abstract record SimulationOptions
{
    /// <summary>Fewest pixels along a side: below, no structure has room to be one.</summary>
    public const int LeastSidePixels = 32;

    /// <summary>Grid of structural image and candidates.</summary>
    public GridShape Grid { get; init; } = new(96, 96);

    /// <summary>Edge of one pixel of the grid on the sample.</summary>
    public Nanometre PixelSize { get; init; } = new(3);

    /// <summary>Source of the sample.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Source of counting noise and of probe errors; null for that of the sample.</summary>
    public long? NoiseSeed { get; init; }

    public BeamCurrent BeamCurrent { get; init; } = new(20);

    /// <summary>The exposure whose expected counts are the known truth; that of the experiment's leases.</summary>
    public TimeSpan NominalDwell { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Electrons per pixel that the HAADF detector would count if the sample scattered them all.</summary>
    public double SurveyCounts { get; init; } = 2000;

    public ProbeErrors Probe { get; init; } = ProbeErrors.None;

    /// <summary>How the sample moves under the scan.</summary>
    public SampleDrift Drift { get; init; } = SampleDrift.None;

    /// <summary>
    /// Noise that each scan adds to the structural image, in standard deviations of the image; the shot noise that is
    /// in it already is that of the first scan and moves with the sample.
    /// </summary>
    public double SurveyNoise { get; init; }

    /// <summary>Makes the sample; the same options give the same sample.</summary>
    /// <exception cref="ArgumentException">An option makes no sense; the message names it and what to do.</exception>
    public abstract SimulatedSample Grow();

    /// <exception cref="ArgumentException">A value makes no sense; the message names it and what to do.</exception>
    internal virtual void Validate()
    {
        Require(
            Math.Min(Grid.Rows, Grid.Columns) >= LeastSidePixels && (long)Grid.Rows * Grid.Columns <= 1 << 26,
            $"a grid of {Grid} is not simulated; use {LeastSidePixels} px to 8192 px a side");
        Require(IsPositive(PixelSize.Value), $"a pixel size of {PixelSize} makes no sense; give a positive one");
        Require(
            IsPositive(BeamCurrent.Picoampere),
            $"a beam current of {BeamCurrent} makes no sense; give a positive one");
        Require(NominalDwell > TimeSpan.Zero, $"a dwell of {NominalDwell} makes no sense; give a positive one");
        Require(
            IsPositive(SurveyCounts),
            $"a survey of {SurveyCounts} counts per pixel makes no sense; give more than 0");
    }

    private protected static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    private protected static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"Simulated microscope: {problem}.");
        }
    }
}
