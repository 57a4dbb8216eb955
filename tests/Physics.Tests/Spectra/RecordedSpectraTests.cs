using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Expressions;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;
using DklActors.Physics.Tests.Scalarizers;
using DklActors.Support;

namespace DklActors.Physics.Tests.Spectra;

/// <summary>Scalars of recorded spectra against independent programs.</summary>
public sealed class RecordedSpectraTests
{
    private const string Aluminium = "eels_single/AL-DFoffset0.00.dm3";
    private const string Titanate = "eels_single/EELS_STO.dm3";
    private const string Manganese = "mn3o4_eels/malspy_SI_data.npz";

    [SharedDataFact(Aluminium)]
    public void The_bulk_plasmon_of_aluminium_is_where_other_fits_put_it()
    {
        ScalarizerSpec position = Of("peak-position", 13, 17);
        ScalarizerSpec width = Of("peak-width", 13, 17);

        Low(position.With(SpectrumParameters.PositionMethod, "lorentzian"))
            .Should().BeApproximately(Reference.Of("aluminium.lorentzian.1"), 1e-6);
        Low(position.With(SpectrumParameters.PositionMethod, "gaussian"))
            .Should().BeApproximately(Reference.Of("aluminium.gaussian.1"), 1e-6);
        Low(width.With(SpectrumParameters.WidthMethod, "lorentzian"))
            .Should().BeApproximately(Reference.Of("aluminium.lorentzian.2"), 1e-6);
        Low(width.With(SpectrumParameters.WidthMethod, "gaussian"))
            .Should().BeApproximately(Reference.Of("aluminium.gaussian.2"), 1e-6);
        Low(Of("plasmon-energy", 13, 17)).Should().BeApproximately(Reference.Of("aluminium.drude.1"), 1e-6);
        Low(Of("plasmon-width", 13, 17)).Should().BeApproximately(Reference.Of("aluminium.drude.2"), 1e-6);
    }

    [SharedDataFact(Aluminium)]
    public void Its_width_between_half_heights_is_that_of_HyperSpy() =>
        Low(Of("peak-width", 12, 18).With(SpectrumParameters.Baseline, "none"))
            .Should().BeApproximately(Reference.Of("aluminium.hyperspyWidth"), 0.002);

    [SharedDataFact(Aluminium)]
    public void The_vertex_lies_within_the_peak_as_fits_see_it() =>
        Low(Of("peak-position", 13, 17)).Should().BeApproximately(Reference.Of("aluminium.gaussian.1"), 0.01);

    [SharedDataFact(Aluminium)]
    public void Surface_over_bulk_is_that_of_another_fit() =>
        Low(new ScalarizerSpec("plasmon-ratio")
            .With(SpectrumParameters.Window, Sample.Window(4.5, 8))
            .With(SpectrumParameters.Reference, Sample.Window(13, 17))
            .With(SpectrumParameters.FitWindow, Sample.Window(4, 20)))
            .Should().BeApproximately(Reference.Of("aluminium.surfaceToBulk"), 1e-5);

    [SharedDataFact(Aluminium)]
    public void Thickness_is_that_of_HyperSpy() =>
        Low(Of("thickness", -3, 3)).Should().BeApproximately(Reference.Of("aluminium.hyperspyThickness"), 1e-3);

    [SharedDataFact(Aluminium)]
    public void As_many_peaks_stand_out_as_SciPy_finds() =>
        Low(Of("peak-count", 3, 30).With(SpectrumParameters.Smoothing, 25).With(SpectrumParameters.Significance, 100))
            .Should().Be(Reference.Of("aluminium.smoothedPeaks"));

    [SharedDataFact(Aluminium)]
    public void Alignment_moves_spectra_by_where_the_zero_loss_peak_is()
    {
        double before = Low(Of("peak-position", 13, 17));
        double after = Low(Of("peak-position", 13, 17).With(SpectrumParameters.Prepare, "align"));

        (before - after).Should().BeApproximately(Reference.Of("aluminium.zeroLoss"), 2e-3);
    }

    [SharedDataFact(Titanate)]
    public void An_edge_is_what_remains_above_the_background_that_others_fit()
    {
        ScalarizerSpec edge = Of("edge-area", 455, 475)
            .With(SpectrumParameters.Background, Sample.Window(400, 450));

        Core(edge).Should().BeApproximately(Reference.Of("titanate.edgeArea"), 5);
        Core(edge.With(SpectrumParameters.BackgroundModel, "exponential"))
            .Should().BeApproximately(Reference.Of("titanate.edgeAreaExponential"), 5);
        // HyperSpy takes the areas between channel centres, here they are between the channels' ends.
        Core(edge.With(SpectrumParameters.BackgroundModel, "two-area"))
            .Should().BeApproximately(Reference.Of("titanate.hyperspyEdgeArea"), 0.01 * Core(edge));
    }

    [SharedDataFact(Titanate)]
    public void Subtracting_before_is_subtracting_within() =>
        Core(Of("band-sum", 455, 475).With(SpectrumParameters.Prepare, "subtract power-law 400 eV .. 450 eV"))
            .Should().BeApproximately(Reference.Of("titanate.edgeArea"), 5);

    [SharedDataFact(Titanate)]
    public void Centre_ratio_and_expression_are_those_of_NumPy()
    {
        Core(Of("energy-centre", 455, 475)).Should().BeApproximately(Reference.Of("titanate.centre"), 1e-4);
        Core(Of("window-ratio", 455, 475).With(SpectrumParameters.Reference, Sample.Window(400, 450)))
            .Should().BeApproximately(Reference.Of("titanate.windowRatio"), 1e-9);
        Core(new ScalarizerSpec("expression")
            .With(ExpressionScalarizer.Windows, "edge = 455 eV .. 475 eV, before = 400 eV .. 450 eV")
            .With(ExpressionScalarizer.Formula, "(mean(edge) - mean(before)) / max(edge)"))
            .Should().BeApproximately(Reference.Of("titanate.expression"), 1e-9);
    }

    [SharedDataFact(Manganese)]
    public void Weights_of_components_are_those_of_NumPy_and_SciPy()
    {
        float[] components = new float[3 * 138];
        Reference.Manganese(0, 0).Counts.CopyTo(components);
        Reference.Manganese(12, 11).Counts.CopyTo(components.AsMemory(138));
        Reference.Manganese(23, 21).Counts.CopyTo(components.AsMemory(276));
        ScalarizerSpec spec = new ScalarizerSpec("component-weight")
            .With(SpectrumParameters.Components, new ReferenceArray("three pixels", [3, 138], components));
        for (int k = 0; k < 3; k++)
        {
            ScalarizerSpec one = spec.With(SpectrumParameters.Component, k + 1);
            Value(one, Reference.Manganese(10, 20))
                .Should().BeApproximately(Reference.Of($"manganese.nonNegative.{k}"), 1e-5);
            Value(one.With(SpectrumParameters.Decomposition, "pca"), Reference.Manganese(10, 20))
                .Should().BeApproximately(Reference.Of($"manganese.free.{k}"), 1e-4);
        }
    }

    [SharedDataFact(Manganese)]
    public void Likeness_to_the_mean_spectrum_is_that_of_SciPy()
    {
        float[] mean = new float[138];
        for (int i = 0; i < Reference.ManganeseCube.Value.Length; i++)
        {
            mean[i % 138] += Reference.ManganeseCube.Value[i] / (24 * 22);
        }

        ScalarizerSpec spec = new ScalarizerSpec("similarity")
            .With(SpectrumParameters.ReferenceSpectrum, new ReferenceArray("mean", [138], mean));
        foreach (string measure in new[] { "cosine", "correlation", "angle" })
        {
            Value(spec.With(SpectrumParameters.Measure, measure), Reference.Manganese(10, 20))
                .Should().BeApproximately(Reference.Of($"manganese.{measure}"), 1e-3, measure);
        }
    }

    private static double Low(ScalarizerSpec spec) => Value(spec, Reference.Spectrum("AL-DFoffset0.00.dm3"));

    private static double Core(ScalarizerSpec spec) => Value(spec, Reference.Spectrum("EELS_STO.dm3"));

    private static double Value(ScalarizerSpec spec, SpectrumFrame frame)
    {
        ScalarResult result = ScalarizerCatalog.Create(spec).Evaluate(frame);
        result.Quality.Should().NotBe(ScalarQuality.Bad, result.Reason);
        return result.Value;
    }

    private static ScalarizerSpec Of(string kind, double low, double high) =>
        new ScalarizerSpec(kind).With(SpectrumParameters.Window, Sample.Window(low, high));
}
