using DklActors.Learning.Optimisation;

namespace DklActors.Learning.Engines;

/// <summary>Adam on weights and hyperparameters together until convergence; keeps the best it has seen.</summary>
internal sealed class TrainingLoop(DeepKernelLoss loss, OptimiserOptions options, int threads)
{
    /// <summary>Loss at the best step so far; infinite if there was none.</summary>
    public double BestLoss { get; private set; } = double.PositiveInfinity;

    public int Epochs { get; private set; }

    public bool Converged { get; private set; }

    /// <summary>Whether a step gave no finite loss, which ended the training.</summary>
    public bool Diverged { get; private set; }

    /// <summary>Trains in place; weights and hyperparameters end at the best step.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, noticed before each step.</exception>
    public void Run(float[] weights, double[] hyperparameters, int maxEpochs, CancellationToken cancellationToken)
    {
        var convergence = new ConvergenceCriterion(options.Tolerance, options.PatienceInEpochs);
        var weightSteps = new Adam<float>(weights.Length, options.NetworkLearningRate, threads);
        var hyperparameterSteps = new Adam<double>(hyperparameters.Length, options.HyperparameterLearningRate);
        float[] weightGradient = new float[weights.Length];
        double[] hyperparameterGradient = new double[hyperparameters.Length];
        float[] current = weights, best = [.. weights];
        double[] bestHyperparameters = [.. hyperparameters];
        while (Epochs < maxEpochs && !Converged && !Diverged)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double value = loss.Evaluate(current, hyperparameters, weightGradient, hyperparameterGradient);
            Epochs++;
            Diverged = !double.IsFinite(value);
            float[] evaluated = current;
            if (value < BestLoss)
            {
                // The step goes into the other array, so that megabytes need not be copied at every epoch.
                BestLoss = value;
                (best, current) = (current, best);
                hyperparameters.CopyTo(bestHyperparameters, 0);
            }

            Converged = convergence.Observe(value);
            weightSteps.Step(weightGradient, evaluated, current);
            hyperparameterSteps.Step(hyperparameterGradient, hyperparameters, hyperparameters);
        }

        if (best != weights)
        {
            best.CopyTo(weights, 0);
        }

        bestHyperparameters.CopyTo(hyperparameters, 0);
    }
}
