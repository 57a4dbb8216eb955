using DklActors.Actors.Dosimetry;
using DklActors.Actors.Experiments;
using DklActors.Messages;
using DklActors.Messages.Exposure;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Interlock;

/// <summary>May the beam go on here, under this lease, at this price?</summary>
internal sealed record RequestExposure(
    ExposureLease Lease, GridPoint Pixel, Nanometre PixelSize, double Electrons, DoseLedger Ledger) : IAboutPoint
{
    public PointId Point => Lease.Point;
}

/// <summary>May the whole image be scanned again, at this price?</summary>
/// <param name="Electrons">Electrons of the scan.</param>
/// <param name="Pixels">Pixels that share them.</param>
/// <param name="PixelSize">Edge of one of them.</param>
/// <param name="Ledger">What they had so far.</param>
internal sealed record RequestScan(double Electrons, int Pixels, Nanometre PixelSize, DoseLedger Ledger);

/// <summary>
/// Look at the conditions before the structural image is scanned; its dose is not known by pixels yet. Those that hold
/// back are told before the answer.
/// </summary>
internal sealed record CheckConditions
{
    public static readonly CheckConditions Instance = new();
}

internal sealed record ConditionsChecked
{
    public static readonly ConditionsChecked Instance = new();
}

internal sealed record ScanGranted
{
    public static readonly ScanGranted Instance = new();
}

/// <summary>No. Either a pixel has had its dose, or the whole run has reached a limit.</summary>
internal sealed record ScanVetoed(string Reason, bool EndsRun);

internal sealed record ExposureGranted(ExposureLease Lease) : IAboutPoint
{
    public PointId Point => Lease.Point;
}

/// <summary>No. Either this pixel has had its dose, or the whole run has reached a limit.</summary>
internal sealed record ExposureVetoed(ExposureLease Lease, string Reason, bool EndsRun) : IAboutPoint
{
    public PointId Point => Lease.Point;
}

/// <summary>A condition outside holds exposures back.</summary>
internal sealed record ExposuresSuspended(string Name, string Reason);

/// <summary>The condition has passed.</summary>
internal sealed record ExposuresReleased(string Name);

/// <summary>The beam could not be blanked. Everything ends.</summary>
internal sealed record BeamAlarm(string Reason);
