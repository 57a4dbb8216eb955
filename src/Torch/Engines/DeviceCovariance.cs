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

    // Of more coordinates one operation for all is quicker than three for each.
    private const long MostCoordinatesByThemselves = 4;

    /// <param name="kind">The covariance function.</param>
    /// <param name="points">N × d coordinates in lengthscales, float64.</param>
    /// <param name="variance">Output scale, one value.</param>
    /// <param name="mayWait">Whether it goes the way of a processor or that of a GPU.</param>
    public static DeviceCovariance Of(KernelKind kind, Tensor points, Tensor variance, bool mayWait)
    {
        // By differences: the products of coordinates would cost near points their digits.
        bool byThemselves = !mayWait && points.shape[1] <= MostCoordinatesByThemselves;
        if (kind == KernelKind.Rbf)
        {
            Tensor squares = byThemselves
                ? SquaresOf(points).clamp_max(Negligible.FarSquared) : DistancesOf(points).square();
            Tensor values = (squares * -0.5).exp() * variance;
            return new DeviceCovariance(values, values * -0.5);
        }

        Tensor distances = byThemselves ? SquaresOf(points).sqrt().clamp_max(Far) : DistancesOf(points);
        Tensor scaled = distances * RootFive;
        Tensor decay = (-scaled).exp() * variance;
        Tensor begun = scaled + 1.0;
        return new DeviceCovariance(
            ((scaled.square() * (1.0 / 3.0)) + begun) * decay, begun * decay * (-5.0 / 6.0));
    }

    private static Tensor DistancesOf(Tensor points) => torch.cdist(
        points, points, 2.0, compute_mode.donot_use_mm_for_euclid_dist).clamp_max(Far);

    // On a GPU libtorch's distances take a block of threads for every pair, however few coordinates it has.
    private static Tensor SquaresOf(Tensor points)
    {
        Tensor? squares = null;
        for (long d = 0; d < points.shape[1]; d++)
        {
            Tensor column = points.narrow(1, d, 1);
            Tensor differences = column - column.t();
            squares = squares is null ? differences.square() : squares.addcmul_(differences, differences, 1.0);
        }

        return squares!;
    }
}
