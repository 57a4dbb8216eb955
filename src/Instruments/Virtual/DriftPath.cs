using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Virtual;

/// <summary>Where a drifting sample is at a moment; the same path in every run of a seed.</summary>
internal sealed class DriftPath(SampleDrift drift, long seed)
{
    // Of the clock, in units of a minute: between two steps the walk goes straight.
    private const double StepInMinutes = 1.0 / 60;

    private readonly List<PixelShift> _walk = [PixelShift.None];

    /// <param name="elapsed">Time since the microscope was made.</param>
    /// <param name="exposures">Exposures begun since.</param>
    public PixelShift At(TimeSpan elapsed, int exposures)
    {
        if (drift.IsNone)
        {
            return PixelShift.None;
        }

        bool isTimed = drift.Pace == DriftPace.Minute;
        double units = isTimed ? elapsed.TotalMinutes : exposures;
        return new PixelShift(units * drift.Rows, units * drift.Columns)
            + WalkedIn(units, isTimed ? StepInMinutes : 1);
    }

    private PixelShift WalkedIn(double units, double step)
    {
        if (drift.Walk == 0)
        {
            return PixelShift.None;
        }

        double steps = Math.Max(0, units / step);
        int last = (int)Math.Floor(steps);
        while (_walk.Count <= last + 1)
        {
            SeededStream random = SeededStream.Of(seed, "drift").With((ulong)_walk.Count);
            double deviation = drift.Walk * Math.Sqrt(step);
            _walk.Add(_walk[^1] + new PixelShift(deviation * random.NextNormal(), deviation * random.NextNormal()));
        }

        return _walk[last] + ((steps - last) * (_walk[last + 1] - _walk[last]));
    }
}
