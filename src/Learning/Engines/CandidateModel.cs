namespace DklActors.Learning.Engines;

/// <summary>Immutable snapshot of a trained model over all candidates.</summary>
public sealed class CandidateModel
{
}
