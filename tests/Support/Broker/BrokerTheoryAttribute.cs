namespace DklActors.Support.Broker;

/// <summary>Like <see cref="BrokerFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrokerTheoryAttribute : TheoryAttribute
{
    public BrokerTheoryAttribute() => Skip = RabbitServer.ReasonToSkip;
}
