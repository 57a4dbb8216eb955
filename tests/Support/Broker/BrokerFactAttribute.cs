namespace DklActors.Support.Broker;

/// <summary>A test that needs a RabbitMQ; skipped, saying so, where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute() => Skip = RabbitServer.ReasonToSkip;
}
