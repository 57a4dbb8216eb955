namespace DklActors.ActorKernel.TestKit.Waiting;

internal sealed class CountedTurn : IThreadPoolWorkItem
{
    private readonly IThreadPoolWorkItem _turn;
    private readonly Activity _activity;

    public CountedTurn(IThreadPoolWorkItem turn, Activity activity)
    {
        _turn = turn;
        _activity = activity;
        activity.Begin();
    }

    public void Execute() => _activity.Run(_turn);

    public override string? ToString() => _turn.ToString();
}
