namespace DklActors.Actors.Controlling;

/// <summary>Who holds exposures back, as any thread may see it; written by the experiment's.</summary>
internal sealed class HoldBoard
{
    private volatile IReadOnlyList<RunHold> _holds = [];

    public IReadOnlyList<RunHold> Holds => _holds;

    public void Post(IEnumerable<RunHold> holds) => _holds = [.. holds];
}
