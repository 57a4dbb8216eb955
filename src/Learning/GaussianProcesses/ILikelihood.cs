namespace DklActors.Learning.GaussianProcesses;

/// <summary>What hyperparameters and embedding are fitted to. Holds a workspace; for one thread at a time.</summary>
internal interface ILikelihood
{
    /// <summary>Jitter that the last evaluation needed on the diagonal.</summary>
    double Jitter { get; }

    /// <param name="embedding">N × d, row-major.</param>
    /// <param name="hyperparameters">In the likelihood's order.</param>
    /// <param name="hyperparameterGradient">Receives the slopes, in the same order.</param>
    /// <param name="embeddingGradient">Receives N × d slopes, or is empty when they are not wanted.</param>
    /// <returns>Negative log likelihood in nats (not per point), or NaN if a matrix does not factorise.</returns>
    double Evaluate(
        ReadOnlySpan<float> embedding, ReadOnlySpan<double> hyperparameters, Span<double> hyperparameterGradient,
        Span<double> embeddingGradient);

    /// <summary>Negative log prior density (without constants); its slopes are added to the gradient.</summary>
    double Penalty(ReadOnlySpan<double> hyperparameters, Span<double> gradient);
}
