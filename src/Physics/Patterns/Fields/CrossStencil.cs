using DklActors.Messages.Scalars;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Moments;

namespace DklActors.Physics.Patterns.Fields;

/// <summary>
/// Displacements (or fields) at a scan position and its four neighbours, in the directions of the scan.
/// A neighbour past the edge of the scan is null.
/// </summary>
/// <param name="Centre">At the position itself.</param>
/// <param name="Up">One row less.</param>
/// <param name="Down">One row more.</param>
/// <param name="Left">One column less.</param>
/// <param name="Right">One column more.</param>
public readonly record struct CrossStencil(
    CentreOfMass Centre, CentreOfMass? Up, CentreOfMass? Down, CentreOfMass? Left, CentreOfMass? Right)
{
    /// <summary>Divergence ∂x/∂X + ∂y/∂Y, in the unit of the displacements per nm.</summary>
    /// <param name="stepNanometre">Distance of neighbouring positions.</param>
    /// <remarks>
    /// Central differences; at an edge of the scan or beside a bad pattern one-sided ones, which are suspect since they
    /// lie half a step off. The errors of different patterns are independent.
    /// </remarks>
    public Measured Divergence(double stepNanometre)
    {
        if (!(stepNanometre > 0))
        {
            return Measured.Bad($"A scan step of {stepNanometre} nm has no derivative.");
        }

        (double slopeX, double beforeX, double afterX, int sidesX) = Weights(Left, Right);
        (double slopeY, double beforeY, double afterY, int sidesY) = Weights(Up, Down);
        if (sidesX == 0 || sidesY == 0)
        {
            return Measured.Bad("A divergence needs the pattern and a neighbour along rows and along columns; "
                + $"{Worst().Reason ?? "the scan is one line here"}");
        }

        // ∂x = (before·left + slope·centre + after·right)/step, and ∂y likewise; the centre's x and y are correlated.
        double value = (beforeX * Of(Left).X) + (slopeX * Of(Centre).X) + (afterX * Of(Right).X)
            + (beforeY * Of(Up).Y) + (slopeY * Of(Centre).Y) + (afterY * Of(Down).Y);
        double variance = (beforeX * beforeX * Of(Left).VarianceX) + (afterX * afterX * Of(Right).VarianceX)
            + (beforeY * beforeY * Of(Up).VarianceY) + (afterY * afterY * Of(Down).VarianceY)
            + (slopeX * slopeX * Of(Centre).VarianceX) + (slopeY * slopeY * Of(Centre).VarianceY)
            + (2 * slopeX * slopeY * Of(Centre).Covariance);
        Finding finding = Suspects();
        if (sidesX < 2 || sidesY < 2)
        {
            finding = finding.And(Finding.Suspect(
                "A neighbour is missing (edge of the scan or bad pattern): a one-sided difference, half a step off."));
        }

        return Measured.Of(value / stepNanometre, Math.Sqrt(variance) / stepNanometre, finding);
    }

    /// <summary>
    /// Charge density ε₀·div E in e/nm³ from fields in V/nm (Gauss), the mean over the thickness and probe.
    /// </summary>
    public Measured ChargeDensity(double stepNanometre)
    {
        Measured divergence = Divergence(stepNanometre);
        return divergence with
        {
            Value = divergence.Value * FieldCalibration.VacuumPermittivity,
            StandardError = divergence.StandardError * FieldCalibration.VacuumPermittivity,
        };
    }

    private static bool Usable(CentreOfMass? each) => each is { Finding.IsBad: false };

    // A missing or bad one has weight zero; NaN times zero would spoil the sum.
    private static CentreOfMass Of(CentreOfMass? each) => Usable(each) ? each!.Value : default;

    private (double Slope, double Before, double After, int Sides) Weights(CentreOfMass? before, CentreOfMass? after) =>
        (Usable(before), Usable(after), Usable(Centre)) switch
        {
            (true, true, _) => (0, -0.5, 0.5, 2),
            (true, false, true) => (1, -1, 0, 1),
            (false, true, true) => (-1, 0, 1, 1),
            _ => (0, 0, 0, 0),
        };

    private Finding Worst() => Centre.Finding.And(FindingOf(Up)).And(FindingOf(Down)).And(FindingOf(Left))
        .And(FindingOf(Right));

    private Finding Suspects() => Worst() is { Quality: ScalarQuality.Bad } bad
        ? Finding.Suspect($"One of the five patterns is bad: {bad.Reason}")
        : Worst();

    private static Finding FindingOf(CentreOfMass? each) => each?.Finding ?? Finding.Good;
}
