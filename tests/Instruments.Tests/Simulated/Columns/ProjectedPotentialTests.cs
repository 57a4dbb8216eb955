using DklActors.Instruments.Simulated.Columns;

namespace DklActors.Instruments.Tests.Simulated.Columns;

public sealed class ProjectedPotentialTests
{
    private const double Step = 1e-4;

    private static readonly ColumnOptions Options = new();
    private static readonly ProjectedPotential Potential = new(Options, CrystalGrower.Grow(Options));

    public static TheoryData<double, double> Places
    {
        get
        {
            var places = new TheoryData<double, double>();
            for (int i = 0; i < 12; i++)
            {
                places.Add(0.3 + (0.171 * i), 2.5 - (0.113 * i));
            }

            return places;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_field_is_minus_the_gradient_of_the_potential(double row, double column)
    {
        PotentialAt at = Potential.At(row, column);

        at.FieldRowVolts.Should().BeApproximately(
            -Slope(s => Potential.At(row + s, column).VoltNanometres), 1e-4 * Scale(at));
        at.FieldColumnVolts.Should().BeApproximately(
            -Slope(s => Potential.At(row, column + s).VoltNanometres), 1e-4 * Scale(at));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_field_has_no_curl_and_its_divergence_is_the_charge(double row, double column)
    {
        PotentialAt at = Potential.At(row, column);
        double acrossRows = Slope(s => Potential.At(row + s, column).FieldColumnVolts);
        double acrossColumns = Slope(s => Potential.At(row, column + s).FieldRowVolts);
        double divergence = Slope(s => Potential.At(row + s, column).FieldRowVolts)
            + Slope(s => Potential.At(row, column + s).FieldColumnVolts);

        acrossRows.Should().BeApproximately(acrossColumns, 1e-4 * (Math.Abs(divergence) + Math.Abs(acrossRows) + 1));
        at.ChargePerSquareNanometre.Should().BeApproximately(
            ProjectedPotential.Permittivity * divergence, 1e-4 * (Math.Abs(at.ChargePerSquareNanometre) + 1));
    }

    [Fact]
    public void A_neutral_atom_holds_no_charge_but_a_positive_nucleus()
    {
        AtomicColumn[] alone = [new(ColumnKind.Strontium, 0, 0, 1)];
        ProjectedPotential atom = new(Options, alone);
        double charge = 0, positive = 0;
        const double grain = 0.01;
        for (int i = -120; i <= 120; i++)
        {
            for (int j = -120; j <= 120; j++)
            {
                double here = atom.At(i * grain, j * grain).ChargePerSquareNanometre * grain * grain;
                charge += here;
                positive += Math.Max(here, 0);
            }
        }

        positive.Should().BeGreaterThan(5);
        charge.Should().BeApproximately(0, 1e-3 * positive);
    }

    [Fact]
    public void Heavier_columns_attract_more_and_half_empty_ones_half_as_much()
    {
        double lead = Height(new(ColumnKind.Lead, 0, 0, 1)), strontium = Height(new(ColumnKind.Strontium, 0, 0, 1));
        double titanium = Height(new(ColumnKind.TitaniumOxygen, 0, 0, 1));
        double oxygen = Height(new(ColumnKind.Oxygen, 0, 0, 1)), half = Height(new(ColumnKind.Oxygen, 0, 0, 0.5));

        new[] { lead, strontium, titanium, oxygen }.Should().BeInDescendingOrder();
        half.Should().BeApproximately(oxygen / 2, 1e-12);
    }

    private static double Height(AtomicColumn column) =>
        new ProjectedPotential(Options, [column]).At(0, 0).VoltNanometres;

    private static double Scale(PotentialAt at) =>
        1 + Math.Abs(at.FieldRowVolts) + Math.Abs(at.FieldColumnVolts);

    private static double Slope(Func<double, double> function) => (function(Step) - function(-Step)) / (2 * Step);
}
