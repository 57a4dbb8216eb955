using DklActors.Physics.Patterns.Moments;

namespace DklActors.Physics.Patterns.Fields;

/// <summary>Turns a displacement on the detector into the electric field that deflected the beam.</summary>
/// <remarks>
/// Ehrenfest's theorem for a thin specimen: the mean transverse momentum ⟨p⟩ = p·α is −e·E·t/v, so
/// E = −p·v·α / (e·t) (Müller et al., Nat. Commun. 5, 5653 (2014), equation 3; Müller-Caspary et al., Ultramicroscopy
/// 178, 62 (2017)). The field is the mean over the thickness and the probe's shape. 200 keV, 1 mrad and 10 nm make
/// 34 V/nm.
/// </remarks>
/// <param name="MilliradianPerPixel">Scattering angle of one px of the detector.</param>
/// <param name="Beam">The beam.</param>
/// <param name="ThicknessNanometre">Thickness of the specimen.</param>
public readonly record struct FieldCalibration(
    double MilliradianPerPixel, ElectronBeam Beam, double ThicknessNanometre)
{
    /// <summary>ε₀ in e/(V·nm) (CODATA 2018).</summary>
    public const double VacuumPermittivity = 8.8541878128e-12 / 1.602176634e-19 * 1e-9;

    /// <summary>V/nm for a displacement of one px; negative, since electrons go against the field.</summary>
    public double VoltPerNanometrePerPixel =>
        -Beam.MomentumTimesSpeedElectronVolt * MilliradianPerPixel * 1e-3 / ThicknessNanometre;

    /// <summary>The field in V/nm, in the directions of the displacement (px).</summary>
    public CentreOfMass FieldOf(CentreOfMass displacement) => displacement.Times(VoltPerNanometrePerPixel);
}
