using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;

namespace DklActors.Learning.Posteriors;

/// <summary>
/// cov(a, x) = k(a, x) − Σ V(a)·V(x) of one process, between some chosen candidates a and all others.
/// </summary>
internal sealed class ProcessCovariances
{
    private readonly ScaledCoordinates _coordinates;
    private readonly CovarianceFunction _covariance;
    private readonly RowValues[] _values;
    private readonly double[][] _points;
    private readonly double[][] _factors;

    public ProcessCovariances(ProcessPosterior posterior, int[] chosen)
    {
        _coordinates = posterior.Process.Coordinates;
        _covariance = posterior.Process.Covariance;
        _values = [.. posterior.Values];
        _points = Array.ConvertAll(chosen, candidate =>
        {
            double[] point = new double[_coordinates.Dimension];
            _coordinates.CopyPoint(candidate, point);
            return point;
        });
        _factors = Array.ConvertAll(chosen, candidate => Array.ConvertAll(_values, row => row[candidate]));
    }

    /// <inheritdoc cref="CovarianceAdder"/>
    public void Add(double factor, int start, int length, Span<double> block)
    {
        Span<double> row = PanelScratch<double>.Rent(length);
        for (int a = 0; a < _points.Length; a++)
        {
            _covariance.Fill(_coordinates, _points[a], start, row);
            RowValues.SubtractCombination(_factors[a], _values, start, row);
            VectorKernels.AddScaled(factor, row, block.Slice(a * length, length));
        }
    }
}
