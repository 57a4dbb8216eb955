namespace DklActors.Learning.Vectors;

/// <summary>Noise of the frames that a prediction is compared with.</summary>
/// <param name="Factor">Variance over expectation; 0 where the truth is free of noise.</param>
/// <param name="IsCounts">Whether they are whole counts, and so Poisson.</param>
public readonly record struct TruthNoise(double Factor, bool IsCounts)
{
    /// <summary>The expectation itself is known.</summary>
    public static TruthNoise None => default;
}
