namespace DklActors.Learning.Kernels;

/// <summary>Stationary covariance functions (Rasmussen and Williams 2006, ch. 4).</summary>
public enum KernelKind
{
    /// <summary>k(r) = s·exp(−r²/2): infinitely smooth.</summary>
    Rbf = 1,

    /// <summary>k(r) = s·(1 + √5·r + 5r²/3)·exp(−√5·r): twice differentiable.</summary>
    Matern52 = 2,
}
