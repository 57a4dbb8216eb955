using DklActors.Physics.Expressions;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Components;
using DklActors.Physics.Spectra.Edges;
using DklActors.Physics.Spectra.Peaks;
using DklActors.Physics.Spectra.Plasmons;
using DklActors.Physics.Spectra.Windows;

namespace DklActors.Physics.Spectra;

/// <summary>The kinds that take spectra.</summary>
internal static class SpectrumScalarizers
{
    public static readonly ScalarizerKind[] All =
    [
        BandMean.Kind, BandSum.Kind, WindowRatio.Kind, CentreOfMass.Kind,
        PeakMaximum.Kind, PeakPosition.Kind, PeakRatio.Kind, PeakCount.Kind, PeakWidth.Kind,
        EdgeArea.Kind, WhiteLineRatio.Kind,
        RelativeThickness.Kind, DrudeScalarizer.Energy, DrudeScalarizer.Width, PlasmonRatio.Kind,
        ComponentWeight.Kind, Similarity.Kind,
        ExpressionScalarizer.Kind,
    ];
}
