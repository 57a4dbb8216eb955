namespace DklActors.Instruments.Simulated.Columns;

/// <summary>Projected quantities at one place.</summary>
/// <param name="VoltNanometres">Potential times thickness.</param>
/// <param name="FieldRowVolts">Field along the rows times thickness: −∂/∂row of the potential, V.</param>
/// <param name="FieldColumnVolts">Field along the columns times thickness, V.</param>
/// <param name="ChargePerSquareNanometre">Charge per area: ε₀ div of the field, elementary charges per nm².</param>
internal readonly record struct PotentialAt(
    double VoltNanometres, double FieldRowVolts, double FieldColumnVolts, double ChargePerSquareNanometre);
