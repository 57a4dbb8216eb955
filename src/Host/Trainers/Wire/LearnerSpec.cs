namespace DklActors.Host.Trainers.Wire;

/// <summary>What learns.</summary>
/// <param name="Model">Name of the learning preset.</param>
/// <param name="Epochs">Most epochs of a training.</param>
/// <param name="Engine">What trains it: <c>managed</c> or <c>torch</c>.</param>
/// <param name="Device">Where it has to be trained, such as <c>cuda:0</c>; null for wherever a node does.</param>
internal sealed record LearnerSpec(string Model, int Epochs, string Engine, string? Device = null);

/// <summary>A stored model state to start from.</summary>
/// <param name="Engine">Name and version of the engine that wrote it.</param>
/// <param name="Version">Its number within the run.</param>
/// <param name="Hash">Content hash.</param>
internal sealed record WarmStart(string Engine, int Version, string Hash);
