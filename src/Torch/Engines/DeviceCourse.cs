using DklActors.Learning.Engines;
using DklActors.Learning.Optimisation;
using DklActors.Torch.Runtimes;

namespace DklActors.Torch.Engines;

/// <summary>
/// How a training goes, kept on the device: the best step so far, and whether it has converged or diverged, by the
/// rules of <see cref="TrainingLoop"/>. Once over it keeps what it has, however many steps are taken beyond, so that
/// the host need not look after each.
/// </summary>
internal sealed class DeviceCourse : IDisposable
{
    private readonly OptimiserOptions _options;
    private readonly bool _mayWait;
    private readonly DeviceTensors _kept = new();
    private readonly Tensor _weights;
    private readonly Tensor _hyperparameters;
    private readonly Tensor _bestWeights;
    private readonly Tensor _bestHyperparameters;
    private readonly Tensor _best;
    private readonly Tensor _threshold;
    private readonly Tensor _waited;
    private readonly Tensor _epochs;
    private readonly Tensor _converged;
    private readonly Tensor _diverged;
    private readonly Tensor _over;

    /// <param name="weights">The network's parameters; kept in view.</param>
    /// <param name="hyperparameters">The hyperparameters; kept in view.</param>
    /// <param name="options">When a training has converged.</param>
    /// <param name="mayWait">Whether the host may look whether a step is better, and copy only then.</param>
    public DeviceCourse(Tensor weights, Tensor hyperparameters, OptimiserOptions options, bool mayWait)
    {
        _options = options;
        _mayWait = mayWait;
        _weights = weights;
        _hyperparameters = hyperparameters;
        Device device = hyperparameters.device;
        _bestWeights = _kept.Add(weights.detach().clone());
        _bestHyperparameters = _kept.Add(hyperparameters.detach().clone());
        _best = _kept.Add(torch.full([], double.PositiveInfinity, dtype: float64, device: device));
        _threshold = _kept.Add(torch.full([], double.PositiveInfinity, dtype: float64, device: device));
        _waited = _kept.Add(torch.zeros([], dtype: float64, device: device));
        _epochs = _kept.Add(torch.zeros([], dtype: float64, device: device));
        _converged = _kept.Add(torch.zeros([], dtype: torch.@bool, device: device));
        _diverged = _kept.Add(torch.zeros([], dtype: torch.@bool, device: device));
        _over = _kept.Add(torch.zeros([], dtype: torch.@bool, device: device));
    }

    /// <summary>Whether it is over; waits for the device.</summary>
    public bool IsOver => _over.item<bool>();

    /// <summary>The network's parameters at the best step.</summary>
    public Tensor BestWeights => _bestWeights;

    /// <summary>Takes the loss of the weights and hyperparameters as they are, before they are moved.</summary>
    public void Observe(Tensor loss)
    {
        // The weights gather gradients, and a copy that did so too would hold on to every step before it.
        using IDisposable silent = torch.no_grad();

        // Once it is over each loss is taken to be the best one, which is finite and no better. On a GPU these numbers
        // cost their launches and nothing else, so that there are as few operations as will do.
        Tensor seen = torch.where(_over, _best, loss);
        Tensor better = seen.lt(_best);
        _best.KeepWhere(better, seen);
        if (!_mayWait)
        {
            _bestWeights.KeepWhere(better, _weights);
            _bestHyperparameters.KeepWhere(better, _hyperparameters);
        }
        else if (better.item<bool>())
        {
            _bestWeights.copy_(_weights);
            _bestHyperparameters.copy_(_hyperparameters);
        }

        _epochs.add_(_over.logical_not());
        Tensor distance = seen - seen;
        Tensor lost = distance.ne(distance);
        if (_options.Tolerance > 0.0)
        {
            Tensor improved = seen.lt(_threshold);
            _waited.add_(1.0).masked_fill_(improved, 0.0);
            _threshold.KeepWhere(improved, seen - _options.Tolerance);
            Tensor reached = _waited.ge(_options.PatienceInEpochs);
            _converged.logical_or_(_over.lt(reached));
            _over.logical_or_(reached);
        }

        _diverged.logical_or_(lost);
        _over.logical_or_(lost);
    }

    /// <summary>Writes the best step into the arrays, and tells how it went; waits for the device.</summary>
    public TrainingCourse Finish(float[] weights, double[] hyperparameters)
    {
        _bestWeights.to(float32).cpu().data<float>().CopyTo(weights);
        _bestHyperparameters.cpu().data<double>().CopyTo(hyperparameters);
        return new TrainingCourse(
            _best.item<double>(), (int)_epochs.item<double>(), _converged.item<bool>(), _diverged.item<bool>());
    }

    public void Dispose() => _kept.Dispose();
}
