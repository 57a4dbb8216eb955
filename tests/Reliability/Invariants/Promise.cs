namespace DklActors.Reliability.Invariants;

/// <summary>What is promised, whenever a process dies.</summary>
internal enum Promise
{
    /// <summary>An acknowledged event is in the journal as it was acknowledged.</summary>
    NothingLost,

    /// <summary>The chain is whole, and each content that it names.</summary>
    ChainWhole,

    /// <summary>No lease is exposed twice, no place measured twice, nothing exposed again whose outcome is unknown.
    /// </summary>
    NothingTwice,

    /// <summary>The beam is only on for a lease whose intent was durable before.</summary>
    IntendedBefore,

    /// <summary>The ledger covers what the specimen received, at each pixel and in all.</summary>
    DoseCharged,

    /// <summary>A process blanks, and reads that back, before it journals anything.</summary>
    BlankedFirst,

    /// <summary>In the end the run is complete, with all its points and the beam blanked.</summary>
    ComesToItsEnd,
}
