namespace DklActors.Support.Postgres;

/// <summary>The tests that share one server.</summary>
[CollectionDefinition(PostgresServer.Collection)]
public sealed class PostgresTests : ICollectionFixture<PostgresServer>;
