namespace DklActors.Reliability.Failpoints;

/// <summary>When in a run a moment comes.</summary>
internal enum RunPhase
{
    /// <summary>Once, before there is a structural image.</summary>
    Start,

    /// <summary>Again and again while points are measured, or when a run is taken up.</summary>
    Middle,

    /// <summary>Once, when all is measured.</summary>
    End,
}
