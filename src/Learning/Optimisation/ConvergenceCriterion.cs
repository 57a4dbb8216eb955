namespace DklActors.Learning.Optimisation;

/// <summary>
/// Says when further steps are not worth it: the best loss has hardly improved for some time. Tolerance 0: never.
/// </summary>
internal sealed class ConvergenceCriterion(double tolerance, int patience)
{
    private double _reference = double.PositiveInfinity;
    private int _waited;

    /// <summary>Takes the loss of the next step; true once converged.</summary>
    public bool Observe(double loss)
    {
        _waited++;
        if (loss < _reference - tolerance)
        {
            _reference = loss;
            _waited = 0;
        }

        return tolerance > 0.0 && _waited >= patience;
    }
}
