namespace DklActors.Instruments.Ports;

/// <summary>Something about an instrument that may speak against measuring: its link, its vacuum, its limits.</summary>
public interface IInstrumentCondition
{
    /// <summary>One word, as it stands in the journal of a run that it held back.</summary>
    string Name { get; }

    /// <summary>
    /// What speaks against measuring now, in words; null where nothing does. Answers at once, from any thread, from
    /// what was heard last.
    /// </summary>
    string? Problem { get; }
}
