namespace DklActors.Messages.Models;

/// <summary>Whether the structural image tells anything about the scalar.</summary>
public enum StructureVerdict
{
    /// <summary>The observations do not tell yet.</summary>
    Undecided = 0,

    /// <summary>Structure predicts better than position alone.</summary>
    Helps = 1,

    /// <summary>Position alone predicts as well.</summary>
    PositionSuffices = 2,

    /// <summary>Neither predicts better than the mean of the observations.</summary>
    NothingPredicts = 3,
}
