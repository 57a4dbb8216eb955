namespace DklActors.Support.Broker;

/// <summary>The broker that the tests share; they run one after the other.</summary>
public sealed class SharedBroker : RabbitServer, IAsyncLifetime
{
    public const string Collection = "RabbitMQ";

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
