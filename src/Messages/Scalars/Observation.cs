namespace DklActors.Messages.Scalars;

/// <summary>
/// What the learner is told about one measured point: the candidate whose patch surrounds the place where the
/// probe <em>was</em> (its read-back, not its request), and the scalar with its standard error.
/// </summary>
public readonly record struct Observation(int Candidate, double Value, double StandardError);
