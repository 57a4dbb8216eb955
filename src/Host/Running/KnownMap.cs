using DklActors.Instruments.Ports;
using DklActors.Learning.Candidates;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Running;

/// <summary>The true scalar of every candidate, where the instrument knows it. For scoring only.</summary>
internal sealed record KnownMap(double[] Values, bool IsNoiseFree)
{
    /// <summary>Computes the map; NaN where a frame cannot be used. Null where the instrument knows no truth.</summary>
    public static KnownMap? Of(IInstrument instrument, IScalarizer scalarizer, CandidateSet candidates)
    {
        if (instrument.Truth is not { } truth)
        {
            return null;
        }

        double[] values = new double[candidates.Count];
        for (int candidate = 0; candidate < values.Length; candidate++)
        {
            ScalarResult scalar = scalarizer.At(
                candidates.PointAt(candidate), instrument.Probe.ScanWindow, truth.FrameAt);
            values[candidate] = scalar.Quality == ScalarQuality.Bad ? double.NaN : scalar.Value;
        }

        return new KnownMap(values, truth.IsNoiseFree);
    }
}
