using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Windows;

namespace DklActors.Physics.Spectra;

/// <summary>The kinds that take spectra.</summary>
internal static class SpectrumScalarizers
{
    public static readonly ScalarizerKind[] All =
    [
        BandMean.Kind,
        BandSum.Kind,
        PeakMaximum.Kind,
        WindowRatio.Kind,
    ];
}
