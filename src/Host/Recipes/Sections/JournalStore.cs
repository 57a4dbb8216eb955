namespace DklActors.Host.Recipes.Sections;

/// <summary>What keeps the events of a run.</summary>
public enum JournalStore
{
    /// <summary>A file of the run folder.</summary>
    Sqlite,

    /// <summary>A database that several daemons may share.</summary>
    Postgresql,
}
