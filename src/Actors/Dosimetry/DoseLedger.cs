using System.Collections.Immutable;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Actors.Dosimetry;

/// <summary>
/// Electrons per scan pixel and in total: reserved before an exposure, settled after it. Immutable and folded from
/// the journal's events, so that it is right after any crash; never less than what the sample received.
/// </summary>
public sealed class DoseLedger
{
    public static readonly DoseLedger Empty = new(
        ImmutableDictionary<GridPoint, double>.Empty, ImmutableDictionary<string, Reservation>.Empty, 0, 0, 0, null);

    private readonly ImmutableDictionary<GridPoint, double> _perPixel;
    private readonly ImmutableDictionary<string, Reservation> _open;
    private readonly double _reserved;
    private readonly double _everywhere;
    private readonly double? _scan;

    private DoseLedger(
        ImmutableDictionary<GridPoint, double> perPixel,
        ImmutableDictionary<string, Reservation> open,
        double settled,
        double reserved,
        double everywhere,
        double? scan)
    {
        _perPixel = perPixel;
        _open = open;
        SettledElectrons = settled;
        _reserved = reserved;
        _everywhere = everywhere;
        _scan = scan;
    }

    /// <summary>Electrons charged for exposures whose outcome is known, or charged in full where it is not.</summary>
    public double SettledElectrons { get; }

    /// <summary>Electrons set aside for exposures under way.</summary>
    public double ReservedElectrons => _reserved + (_scan ?? 0);

    public double TotalElectrons => SettledElectrons + ReservedElectrons;

    public int OpenReservations => _open.Count + (_scan is null ? 0 : 1);

    /// <summary>Electrons set aside for a scan under way, or null.</summary>
    public double? ReservedForScan => _scan;

    /// <summary>Electrons that every pixel has had of scans of the whole image.</summary>
    public double ElectronsEverywhere => _everywhere;

    /// <summary>Electrons charged and reserved at the pixels that were exposed, without those of scans.</summary>
    public IReadOnlyDictionary<GridPoint, double> ElectronsByPixel => _perPixel;

    /// <summary>Electrons charged and reserved at a pixel.</summary>
    public double ElectronsAt(GridPoint pixel) => _everywhere + _perPixel.GetValueOrDefault(pixel);

    /// <summary>Dose at a pixel: all its electrons over the pixel's area.</summary>
    public Dose DoseAt(GridPoint pixel, Nanometre pixelSize) => DoseOf(ElectronsAt(pixel), pixelSize);

    public static Dose DoseOf(double electrons, Nanometre pixelSize) =>
        new(electrons / (pixelSize.Value * pixelSize.Value * 100.0));

    /// <exception cref="InvalidOperationException">The lease has a reservation already.</exception>
    public DoseLedger Reserve(string leaseId, GridPoint pixel, double electrons)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(electrons);
        if (_open.ContainsKey(leaseId))
        {
            throw new InvalidOperationException($"Lease {leaseId} has its dose reserved already.");
        }

        return new DoseLedger(
            Add(pixel, electrons),
            _open.Add(leaseId, new Reservation(pixel, electrons)),
            SettledElectrons,
            _reserved + electrons,
            _everywhere,
            _scan);
    }

    /// <summary>Replaces a reservation by what was charged.</summary>
    /// <exception cref="InvalidOperationException">The lease has no open reservation.</exception>
    public DoseLedger Settle(string leaseId, double electrons)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(electrons);
        if (!_open.TryGetValue(leaseId, out Reservation reservation))
        {
            throw new InvalidOperationException($"Lease {leaseId} has no reserved dose to settle.");
        }

        ImmutableDictionary<string, Reservation> open = _open.Remove(leaseId);
        double reserved = open.IsEmpty ? 0 : _reserved - reservation.Electrons;
        return new DoseLedger(
            Add(reservation.Pixel, electrons - reservation.Electrons),
            open,
            SettledElectrons + electrons,
            reserved,
            _everywhere,
            _scan);
    }

    /// <summary>Sets electrons aside for a scan of all pixels.</summary>
    /// <exception cref="InvalidOperationException">A scan is under way already.</exception>
    public DoseLedger ReserveScan(double electrons)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(electrons);
        return _scan is null
            ? new DoseLedger(_perPixel, _open, SettledElectrons, _reserved, _everywhere, electrons)
            : throw new InvalidOperationException("A scan has its dose reserved already.");
    }

    /// <summary>Charges a scan to all pixels alike, in place of what was set aside for it, if anything was.</summary>
    public DoseLedger SettleScan(double electrons, int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(electrons);
        return new DoseLedger(
            _perPixel, _open, SettledElectrons + electrons, _reserved, _everywhere + (electrons / pixels), null);
    }

    internal DoseRecord ToRecord() => new(
        [
            .. _perPixel.Select(entry => new PixelDose(entry.Key, entry.Value))
                .OrderBy(entry => entry.Pixel.Row).ThenBy(entry => entry.Pixel.Column),
        ],
        [
            .. _open.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new OpenReservation(entry.Key, entry.Value.Pixel, entry.Value.Electrons)),
        ],
        SettledElectrons,
        _reserved,
        _everywhere,
        _scan);

    internal static DoseLedger Of(DoseRecord record) => new(
        record.Pixels.ToImmutableDictionary(entry => entry.Pixel, entry => entry.Electrons),
        record.Open.ToImmutableDictionary(
            entry => entry.LeaseId, entry => new Reservation(entry.Pixel, entry.Electrons)),
        record.SettledElectrons,
        record.ReservedElectrons,
        record.ElectronsEverywhere,
        record.ReservedForScan);

    private ImmutableDictionary<GridPoint, double> Add(GridPoint pixel, double electrons) =>
        _perPixel.SetItem(pixel, _perPixel.GetValueOrDefault(pixel) + electrons);

    private readonly record struct Reservation(GridPoint Pixel, double Electrons);
}
