using DklActors.Messages.Frames;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;
using DklActors.Physics.Tests.Scalarizers;

namespace DklActors.Physics.Tests.Spectra;

/// <summary>Nothing is allocated for a spectrum but the result.</summary>
public sealed class AllocationTests
{
    private const int Rounds = 50;
    private const int BytesOfResult = 56;

    [Theory]
    [InlineData("band-sum", null)]
    [InlineData("peak-position", null)]
    [InlineData("peak-width", null)]
    [InlineData("peak-count", null)]
    [InlineData("plasmon-energy", null)]
    [InlineData("energy-centre", "despike, align, subtract power-law 6 eV .. 9 eV, bin 2")]
    [InlineData("band-sum", "deconvolve 3 eV")]
    public void A_scalar_costs_its_result_and_no_more(string kind, string? chain)
    {
        ScalarizerSpec spec = new ScalarizerSpec(kind).With(SpectrumParameters.Window, Sample.Window(12, 18));
        IScalarizer scalarizer = ScalarizerCatalog.Create(
            chain is null ? spec : spec.With(SpectrumParameters.Prepare, chain));
        SpectrumFrame frame = ModelSpectrum.Exact();
        var measurement = new Measurement(frame, default);
        for (int i = 0; i < Rounds; i++)
        {
            _ = scalarizer.Evaluate(in measurement);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Rounds; i++)
        {
            _ = scalarizer.Evaluate(in measurement);
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds).Should().BeLessThanOrEqualTo(BytesOfResult);
    }
}
