namespace DklActors.Learning.Engines;

/// <summary>Everything that training changes, and the scaling that goes with it.</summary>
/// <param name="Network">The network's parameters, float32.</param>
/// <param name="Hyperparameters">Unconstrained hyperparameters in the layout's order.</param>
/// <param name="Scaling">How targets were standardised.</param>
internal sealed record ModelWeights(float[] Network, double[] Hyperparameters, TargetScaling Scaling);
