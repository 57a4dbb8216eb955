namespace DklActors.ActorKernel.TestKit.Probes;

/// <summary>The actor behind a probe: it hands what it receives to the test.</summary>
internal sealed class TestActor : UntypedActor
{
    private readonly Arrivals _arrivals;

    public TestActor(Arrivals arrivals) => _arrivals = arrivals;

    protected override void OnReceive(object message)
    {
        if (message is InActor order)
        {
            order.Act(Context);
        }
        else
        {
            _arrivals.Add(message, Sender);
        }
    }
}
