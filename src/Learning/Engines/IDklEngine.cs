using DklActors.Messages.Models;

namespace DklActors.Learning.Engines;

/// <summary>Trains and restores deep-kernel models of one experiment's candidates.</summary>
/// <remarks>
/// Deterministic: the same request gives the same bits on the same instruction set, whatever the number of threads.
/// </remarks>
public interface IDklEngine
{
    /// <summary>Name, version and what the bits depend on, as journaled: <c>managed/1 x64 512-bit fused</c>.</summary>
    string Identity { get; }

    /// <summary>
    /// Fits network and hyperparameters to the observations, starting from the warm start if there is one.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; noticed at the next epoch boundary.</exception>
    /// <exception cref="TrainingFailedException">
    /// No usable model came of it (diverged, kernel matrix would not factorise); the last good one stays valid.
    /// </exception>
    TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the candidates' snapshot from a stored state. One of another run is put onto these candidates: what it
    /// learned of structure goes along, its scaling is that of the other run.
    /// </summary>
    /// <exception cref="InvalidDataException">The state is not this engine's, or is damaged.</exception>
    CandidateModel Restore(ModelState state);

    /// <summary>
    /// The model before anything is measured, of version 0: weights and hyperparameters where a cold start begins, for
    /// scalars of mean 0 and deviation 1. Which places tell how much of which others is all that it knows.
    /// </summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="TrainingFailedException">The network gives an embedding that is not finite.</exception>
    CandidateModel Prior(ulong seed);
}
