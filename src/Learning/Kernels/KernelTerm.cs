namespace DklActors.Learning.Kernels;

/// <summary>One summand of a covariance function, over some consecutive dimensions of the embedding.</summary>
/// <param name="FirstDimension">First of its dimensions.</param>
/// <param name="DimensionCount">How many.</param>
/// <param name="Variance">Its output scale: its share of the latent function's prior variance.</param>
public readonly record struct KernelTerm(int FirstDimension, int DimensionCount, double Variance);
