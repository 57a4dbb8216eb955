using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Simulated.Columns;

/// <summary>A thin perovskite crystal whose projected potential, field and charge are known in closed form.</summary>
public sealed class ColumnSample : SimulatedSample
{
    private ColumnSample(
        ColumnOptions options,
        IReadOnlyList<AtomicColumn> columns,
        ProjectedPotential potential,
        ColumnPatterns patterns)
        : base(
            $"{columns.Count} atomic columns on {options.Grid} of {options.PixelSize}, patterns of "
            + $"{options.Camera.Detector}, seed {options.Seed}",
            ColumnImage.Of(options, columns),
            patterns)
    {
        Columns = columns;
        double pixel = options.PixelSize.Value, thickness = options.Thickness.Value;
        Quantities =
        [
            new(
                "com-row", "px", "Movement of the centre of mass along camera rows, without descan.",
                place => patterns.ShiftAt(place).Row),
            new(
                "com-column", "px", "Movement of the centre of mass along camera columns, without descan.",
                place => patterns.ShiftAt(place).Column),
            new(
                "com-magnitude", "px", "Length of the movement of the centre of mass.",
                place => Length(patterns.ShiftAt(place))),
            new(
                "deflection-row", "mrad", "Deflection of the beam along the rows of the scan.",
                place => patterns.DeflectionAt(place).Row),
            new(
                "deflection-column", "mrad", "Deflection of the beam along the columns of the scan.",
                place => patterns.DeflectionAt(place).Column),
            new(
                "deflection-magnitude", "mrad", "Angle by which the beam is deflected.",
                place => Length(patterns.DeflectionAt(place))),
            new(
                "field-row", "V/nm", "Electric field along the rows of the scan, averaged over thickness and probe.",
                place => At(place).FieldRowVolts / thickness),
            new(
                "field-column", "V/nm", "Electric field along the columns, averaged over thickness and probe.",
                place => At(place).FieldColumnVolts / thickness),
            new(
                "potential", "V", "Electrostatic potential, averaged over thickness and probe.",
                place => At(place).VoltNanometres / thickness),
            new(
                "charge-density", "e/nm^3", "Charge density, ε₀ div E, averaged over thickness and probe.",
                place => At(place).ChargePerSquareNanometre / thickness),
        ];

        PotentialAt At(ProbePosition place) => potential.At(place.Row * pixel, place.Column * pixel);
    }

    /// <summary>The columns of the field of view and of a margin around it.</summary>
    public IReadOnlyList<AtomicColumn> Columns { get; }

    public override IReadOnlyList<KnownQuantity> Quantities { get; }

    internal static ColumnSample Of(ColumnOptions options)
    {
        IReadOnlyList<AtomicColumn> columns = CrystalGrower.Grow(options);
        ProjectedPotential potential = new(options, columns);
        return new ColumnSample(options, columns, potential, new ColumnPatterns(options, potential));
    }

    private static double Length((double Row, double Column) vector) => double.Hypot(vector.Row, vector.Column);
}
