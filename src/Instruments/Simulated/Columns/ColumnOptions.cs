using DklActors.Instruments.Simulated.Patterns;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated.Columns;

/// <summary>
/// A thin perovskite crystal seen along [001] at atomic resolution: dopants, vacancies and ferroelectric domains, whose
/// projected electric field deflects the beam.
/// </summary>
public sealed record ColumnOptions : SimulationOptions
{
    public ColumnOptions() => PixelSize = new Nanometre(0.03);

    public PatternOptions Camera { get; init; } = new() { MilliradPerPixel = 0.75, ConvergenceMillirad = 20 };

    /// <summary>Thickness of the crystal along the beam.</summary>
    public Nanometre Thickness { get; init; } = new(2);

    /// <summary>Full width at half maximum of the probe on the sample, a Gaussian.</summary>
    public Nanometre ProbeSize { get; init; } = new(0.08);

    /// <summary>Share of the strontium columns that hold lead.</summary>
    public double Dopants { get; init; } = 0.06;

    /// <summary>Share of the columns with oxygen that are half empty.</summary>
    public double Vacancies { get; init; } = 0.05;

    /// <summary>Walls between ferroelectric domains across the field of view.</summary>
    public int DomainWalls { get; init; } = 1;

    /// <summary>How far the titanium columns leave the middle of their cells inside a domain.</summary>
    public Nanometre Displacement { get; init; } = new(0.02);

    public override ColumnSample Grow()
    {
        Validate();
        return ColumnSample.Of(this);
    }

    internal override void Validate()
    {
        base.Validate();
        Require(Camera.Problem is null, Camera.Problem ?? "");
        Require(
            PixelSize.Value is >= 0.002 and <= 0.1,
            $"atomic columns are not resolved with pixels of {PixelSize}; give 0.002 nm to 0.1 nm");
        Require(
            Thickness.Value is >= 0.4 and <= 20,
            $"a crystal of {Thickness} is not simulated: give 0.4 nm to 20 nm, where it is still a phase object");
        Require(
            ProbeSize.Value is >= 0.02 and <= 0.5, $"a probe of {ProbeSize} is not simulated; give 0.02 nm to 0.5 nm");
        Require(Dopants is >= 0 and <= 1, $"a share of {Dopants} dopants makes no sense; give 0 to 1");
        Require(Vacancies is >= 0 and <= 1, $"a share of {Vacancies} vacancies makes no sense; give 0 to 1");
        Require(DomainWalls is >= 0 and <= 20, $"{DomainWalls} domain walls are not simulated; give 0 to 20");
        Require(
            Displacement.Value is >= 0 and <= 0.06, $"a displacement of {Displacement} is too much; give 0 to 0.06 nm");
    }
}
