using DklActors.Actors.Dosimetry;
using DklActors.Host.Composition;
using DklActors.Messages.Units;

namespace DklActors.Host.Estimating;

/// <summary>Electrons of a run, counted as the dose ledger counts them.</summary>
/// <param name="Survey">Electrons of the survey and of those that look at the drift, on all pixels together.</param>
/// <param name="Exposure">Electrons of one dwell.</param>
/// <param name="Reservation">Electrons that must be left before an exposure is allowed: its whole lease.</param>
/// <param name="Pixels">Pixels that share the survey.</param>
/// <param name="PixelSize">Edge of one pixel; null where only the survey tells.</param>
internal sealed record RunDose(
    double Survey, double Exposure, double Reservation, int Pixels, Nanometre? PixelSize)
{
    public static RunDose Of(Experiment experiment)
    {
        BeamCurrent current = experiment.Microscope.BeamCurrent;
        return new RunDose(
            (1 + RunSize.Of(experiment).Looks) * current.ElectronsDuring(experiment.Microscope.Survey.Duration),
            current.ElectronsDuring(experiment.Recipe.Exposure.Dwell),
            current.ElectronsDuring(experiment.Recipe.Exposure.Longest),
            experiment.Microscope.Probe.ScanWindow.Count,
            experiment.Microscope.Facts.PixelSize);
    }

    /// <summary>
    /// Dose at a pixel that got so many electrons beside its share of the survey; null where its size is not known.
    /// </summary>
    public Dose? PerPixel(double electrons) =>
        PixelSize is { } size ? DoseLedger.DoseOf((Survey / Pixels) + electrons, size) : null;

    /// <summary>Exposures that are allowed before the total would pass a limit.</summary>
    public long ExposuresWithin(double limit)
    {
        double left = limit - Survey - Reservation;
        return left < 0 ? 0 : (long)Math.Min(long.MaxValue / 2, Math.Floor(left / Exposure)) + 1;
    }
}
