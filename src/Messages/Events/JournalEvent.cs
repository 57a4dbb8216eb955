namespace DklActors.Messages.Events;

/// <summary>A fact about a run. Written once, never changed; the state of a run is the fold of its events.</summary>
public abstract record JournalEvent;
