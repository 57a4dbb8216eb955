namespace DklActors.Learning.Acquisition;

/// <summary>The kinds of goal.</summary>
public enum GoalKind
{
    Maximise,
    Minimise,

    /// <summary>As near to a target value or range as can be.</summary>
    Hit,
}
