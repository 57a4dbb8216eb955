namespace DklActors.Learning.Acquisition;

/// <summary>What speaks against a candidate, whatever could be learned there.</summary>
public interface IPenalty
{
    /// <summary>Name and parameters as journaled, such as <c>distance-cost(0.3)</c>.</summary>
    string Identity { get; }

    /// <param name="trail">Where the probe has been sent.</param>
    /// <param name="costs">M costs without unit, to which those of this penalty, 0 or greater, are added.</param>
    void AddCosts(ProbeTrail trail, Span<double> costs);
}
