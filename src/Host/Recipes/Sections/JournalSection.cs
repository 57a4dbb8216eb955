namespace DklActors.Host.Recipes.Sections;

/// <summary>Where the events of a run are kept.</summary>
/// <param name="Store">What keeps them.</param>
/// <param name="Connection">The database, without a password; null where the environment holds it.</param>
public sealed record JournalSection(JournalStore Store, string? Connection);
