using DklActors.Learning.Engines;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Linear;

namespace DklActors.Torch.Engines;

/// <summary>
/// The exact Gaussian process of the managed engine on a device, float64, with its priors: the same loss and the same
/// analytic slopes (see <see cref="MarginalLikelihood"/>), in matrix products.
/// </summary>
/// <remarks>
/// With W = G∘k′ and scaled coordinates z, dL/dz = 4·(diag(W·1)·z − W·z), and a common stretch of one coordinate is a
/// lengthscale, so that dL/d(log ℓ) = −Σ z∘dL/dz. On a GPU nothing here waits for it.
/// </remarks>
internal sealed class DeviceProcess : IDisposable
{
    private readonly HyperparameterLayout _layout;
    private readonly ProcessOptions _options;
    private readonly (int First, int Count)[] _terms;
    private readonly DeviceTensors _kept = new();
    private readonly bool _mayWait;
    private readonly long _count;
    private readonly Tensor _targets;
    private readonly Tensor _errorVariances;
    private readonly Tensor _identity;
    private readonly Tensor _groups;
    private readonly Tensor _groupOfDimension;
    private readonly Tensor _centres;
    private readonly Tensor _precisions;

    /// <param name="layout">Where the hyperparameters lie.</param>
    /// <param name="options">Kernel and limits.</param>
    /// <param name="data">The observations.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="mayWait">
    /// Whether the host may look at a factorisation and try again with jitter, as is sensible where it computes itself.
    /// </param>
    public DeviceProcess(
        HyperparameterLayout layout, ProcessOptions options, TrainingData data, Device device, bool mayWait)
    {
        _layout = layout;
        _options = options;
        _mayWait = mayWait;
        _count = data.Targets.Length;
        double[] start = layout.Start();
        _terms = [.. layout.Parameters(start).Terms.Select(static t => (t.FirstDimension, t.DimensionCount))];
        _targets = _kept.Add(torch.tensor(data.Targets, [_count, 1], device: device));
        _errorVariances = _kept.Add(torch.tensor(data.ErrorVariances, [_count], device: device));
        _identity = _kept.Add(torch.eye(_count, dtype: float64, device: device));
        long[] groups = [.. Enumerable.Range(0, layout.Dimension).Select(d => (long)layout.GroupOf(d))];
        double[] memberships = new double[layout.GroupCount * layout.Dimension];
        for (int d = 0; d < groups.Length; d++)
        {
            memberships[(groups[d] * layout.Dimension) + d] = 1.0;
        }

        _groupOfDimension = _kept.Add(torch.tensor(groups, [groups.Length], device: device));
        _groups = _kept.Add(torch.tensor(memberships, [layout.GroupCount, layout.Dimension], device: device));

        // Every prior is quadratic in its hyperparameter, with its minimum at the start.
        double[] precisions = [.. start.Select((centre, i) => layout.PenaltyOf(i, centre + 1.0).Slope)];
        _centres = _kept.Add(torch.tensor(start, [start.Length], device: device));
        _precisions = _kept.Add(torch.tensor(precisions, [start.Length], device: device));
    }

    /// <summary>Share of the mean of the diagonal that is added to it where the host may not wait.</summary>
    public double FixedJitter { get; set; }

    /// <param name="embedding">N × d.</param>
    /// <param name="hyperparameters">In the layout's order, float64.</param>
    public ProcessGradient Evaluate(Tensor embedding, Tensor hyperparameters)
    {
        Tensor scales = hyperparameters.narrow(0, 0, _layout.GroupCount).index_select(0, _groupOfDimension).exp();
        Tensor points = embedding.to(float64) / scales;
        Tensor noise = hyperparameters.narrow(0, _layout.NoiseIndex, 1).exp();
        DeviceCovariance[] terms = new DeviceCovariance[_terms.Length];
        for (int t = 0; t < terms.Length; t++)
        {
            Tensor variance = hyperparameters.narrow(0, _layout.VarianceIndex + t, 1).exp();
            terms[t] = DeviceCovariance.Of(_options.Kernel, PartOf(points, t), variance, _mayWait);
        }

        Tensor matrix = terms[0].Values.clone();
        foreach (DeviceCovariance term in terms.Skip(1))
        {
            matrix.add_(term.Values);
        }

        matrix.diagonal().add_(_errorVariances + noise + _options.LeastNoiseVariance);
        (Tensor factor, Tensor info) = Factorise(matrix);
        Tensor residuals = _targets - hyperparameters.narrow(0, _layout.MeanIndex, 1);
        (Tensor whitened, Tensor alpha, Tensor inverse) = Solve(factor, residuals);
        Tensor value = (whitened.square().sum() * 0.5) + factor.diagonal().log().sum()
            + (0.5 * _count * Math.Log(2.0 * Math.PI));

        // A factorisation that failed leaves anything; NaN ends the training as a loss beyond all numbers does.
        value = torch.where(info.to(torch.@bool), value * double.NaN, value);
        Tensor outer = (inverse - torch.matmul(alpha, alpha.t())) * 0.5;
        return Gradient(points, scales, terms, outer, alpha, noise, value, hyperparameters);
    }

    public void Dispose() => _kept.Dispose();

    private Tensor PartOf(Tensor points, int term) =>
        _terms.Length == 1 ? points : points.narrow(1, _terms[term].First, _terms[term].Count);

    private ProcessGradient Gradient(
        Tensor points, Tensor scales, DeviceCovariance[] terms, Tensor outer, Tensor alpha, Tensor noise, Tensor value,
        Tensor hyperparameters)
    {
        List<Tensor> pointSlopes = [], varianceSlopes = [];
        for (int t = 0; t < terms.Length; t++)
        {
            Tensor part = PartOf(points, t);
            Tensor weights = outer * terms[t].Slopes;
            pointSlopes.Add(((part * weights.sum(1, keepdim: true)) - torch.matmul(weights, part)) * 4.0);
            varianceSlopes.Add(SumOfProducts(outer, terms[t].Values).reshape(1));
        }

        Tensor slopes = pointSlopes.Count == 1 ? pointSlopes[0] : torch.cat(pointSlopes, 1);
        Tensor stretches = torch.matmul(_groups, -(points * slopes).sum(0));
        Tensor noiseSlope = outer.diagonal().sum() * noise;
        Tensor distances = hyperparameters - _centres;
        Tensor penalties = distances * _precisions;
        Tensor gradient =
            torch.cat([stretches, .. varianceSlopes, noiseSlope, -alpha.sum().reshape(1)]) + penalties;
        Tensor total = value + ((distances * penalties).sum() * 0.5);
        return new ProcessGradient(total / _count, slopes / scales / _count, gradient / _count);
    }

    /// <summary>L⁻¹·r, K⁻¹·r and K⁻¹ of K = L·Lᵀ.</summary>
    private (Tensor Whitened, Tensor Alpha, Tensor Inverse) Solve(Tensor factor, Tensor residuals)
    {
        if (_mayWait)
        {
            Tensor solved = linalg.solve_triangular(factor, residuals, upper: false);
            return (
                solved, linalg.solve_triangular(factor.t(), solved, upper: true), torch.cholesky_inverse(factor));
        }

        // The library's inverse would wait for the GPU. Where L⁻¹ is there anyway, products with it are quicker than
        // solving with L, one row of a triangle after the other.
        Tensor inverse = linalg.solve_triangular(factor, _identity, upper: false);
        Tensor whitened = torch.matmul(inverse, residuals);
        return (whitened, torch.matmul(inverse.t(), whitened), torch.matmul(inverse.t(), inverse));
    }

    // One operation on a GPU, in place of one that writes N × N numbers for another one to add up.
    private Tensor SumOfProducts(Tensor left, Tensor right) =>
        _mayWait ? (left * right).sum() : torch.dot(left.reshape(-1), right.reshape(-1));

    /// <summary>With as little of the jitter ladder as will do, or with the fixed jitter.</summary>
    private (Tensor Factor, Tensor Info) Factorise(Tensor matrix)
    {
        if (!_mayWait)
        {
            return linalg.cholesky_ex(FixedJitter == 0.0 ? matrix : Raised(matrix, FixedJitter));
        }

        (Tensor factor, Tensor info) = linalg.cholesky_ex(matrix);
        for (int step = 1; step < Cholesky.JitterLadder.Length && info.item<int>() != 0; step++)
        {
            (factor, info) = linalg.cholesky_ex(Raised(matrix, Cholesky.JitterLadder[step]));
        }

        return (factor, info);
    }

    private Tensor Raised(Tensor matrix, double jitter) =>
        matrix + (_identity * (matrix.diagonal().sum() * (jitter / _count)));
}
