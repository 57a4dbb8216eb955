namespace DklActors.Support.Broker;

/// <summary>The tests that share one broker.</summary>
[CollectionDefinition(SharedBroker.Collection)]
public sealed class BrokerTests : ICollectionFixture<SharedBroker>;
