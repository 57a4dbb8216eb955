using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Actors.Interlock;

namespace DklActors.Actors.Running;

/// <summary>Run this experiment; the answer is its <see cref="ExperimentEnded"/>.</summary>
internal sealed record StartExperiment(
    ExperimentSettings Settings, ExperimentPorts Ports, BeamGuard Guard, HoldBoard Holds, IExperimentObserver Observer);
