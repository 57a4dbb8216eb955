using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;

namespace DklActors.Torch.Engines;

/// <summary>Covariances of points with each other under one term of a kernel, and their slopes, on a device.</summary>
/// <param name="Values">N × N.</param>
/// <param name="Slopes">N × N: dk/d(r²), where r is the distance in lengthscales.</param>
internal readonly record struct DeviceCovariance(Tensor Values, Tensor Slopes)
{
    private static readonly double RootFive = Math.Sqrt(5.0);
    private static readonly double Far = Math.Sqrt(Negligible.FarSquared);

    /// <param name="kind">The covariance function.</param>
    /// <param name="points">N × d coordinates in lengthscales, float64.</param>
    /// <param name="variance">Output scale, one value.</param>
    public static DeviceCovariance Of(KernelKind kind, Tensor points, Tensor variance)
    {
        // By differences: the products of coordinates would cost near points their digits.
        Tensor distances = torch.cdist(
            points, points, 2.0, compute_mode.donot_use_mm_for_euclid_dist).clamp_max(Far);
        if (kind == KernelKind.Rbf)
        {
            Tensor values = (distances.square() * -0.5).exp() * variance;
            return new DeviceCovariance(values, values * -0.5);
        }

        Tensor scaled = distances * RootFive;
        Tensor decay = (-scaled).exp() * variance;
        Tensor begun = scaled + 1.0;
        return new DeviceCovariance(
            ((scaled.square() * (1.0 / 3.0)) + begun) * decay, begun * decay * (-5.0 / 6.0));
    }
}
