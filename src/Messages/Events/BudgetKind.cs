namespace DklActors.Messages.Events;

/// <summary>What a run may use up before it is complete, beside its number of points.</summary>
public enum BudgetKind
{
    /// <summary>Electrons on the whole sample.</summary>
    Electrons,

    /// <summary>Dose of the pixel that has had most, e/Å².</summary>
    DosePerPixel,

    /// <summary>Time at work, s.</summary>
    Duration,

    /// <summary>What is still to be learned, in the measure of the recipe's aim.</summary>
    Convergence,
}
