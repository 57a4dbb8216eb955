namespace DklActors.Torch.Engines;

/// <summary>The process's share of the loss, and where it falls.</summary>
/// <param name="Loss">Negative log posterior per point, nats, float64, no dimension; NaN where nothing factorised.
/// </param>
/// <param name="Embedding">Slopes with respect to the embedding, N × d, float64.</param>
/// <param name="Hyperparameters">Slopes with respect to the hyperparameters, in the layout's order, float64.</param>
internal readonly record struct ProcessGradient(Tensor Loss, Tensor Embedding, Tensor Hyperparameters);
