namespace DklActors.Trainers;

/// <param name="Broker">The broker.</param>
/// <param name="Experiments">How many train at a time.</param>
/// <param name="Nodes">How many processes train.</param>
/// <param name="Rounds">Trainings of each experiment, one after the other.</param>
/// <param name="Training">How long one takes.</param>
/// <param name="Kill">Time between two SIGKILLs.</param>
internal sealed record ScalePlan(
    string Broker, int Experiments, int Nodes, int Rounds, TimeSpan Training, TimeSpan Kill);
