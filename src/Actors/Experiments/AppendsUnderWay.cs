namespace DklActors.Actors.Experiments;

/// <summary>
/// What an experiment has asked of the journal and not yet heard of. It outlives the actor's incarnations: one that is
/// made anew after a fault reads the journal only once all that the one before it wrote is there, or it would take up
/// a stream that still grows.
/// </summary>
internal sealed class AppendsUnderWay
{
    private Task _all = Task.CompletedTask;

    public void Add(Task append) => _all = _all.IsCompleted ? append : Task.WhenAll(_all, append);

    /// <summary>Ends when every append so far has ended, whichever way. Each has a deadline of its own.</summary>
    public async Task SettledAsync() => await _all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
