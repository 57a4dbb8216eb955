using System.Collections.Immutable;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Dosimetry;

/// <summary>A dose ledger to be kept and taken up again, number for number.</summary>
internal sealed record DoseRecord(
    ImmutableArray<PixelDose> Pixels,
    ImmutableArray<OpenReservation> Open,
    double SettledElectrons,
    double ReservedElectrons,
    double ElectronsEverywhere,
    double? ReservedForScan);

/// <summary>Electrons charged and reserved at one pixel, without those of scans.</summary>
internal readonly record struct PixelDose(GridPoint Pixel, double Electrons);

/// <summary>Electrons set aside for one lease.</summary>
internal readonly record struct OpenReservation(string LeaseId, GridPoint Pixel, double Electrons);
