namespace DklActors.Actors.Interlock;

/// <summary>What a lease was used for.</summary>
/// <param name="On">From before the unblanking to after the verified blanking: never less than the truth.</param>
/// <param name="EndedBy">Who blanked.</param>
public readonly record struct BeamUse(TimeSpan On, BeamEnd EndedBy);

/// <summary>Who ended a lease.</summary>
public enum BeamEnd
{
    /// <summary>Its holder, as it should be.</summary>
    Holder,

    /// <summary>The lease clock: the longest wall time was over.</summary>
    LeaseClock,

    /// <summary>The run: an abort, an interlock or a fault.</summary>
    Revocation,

    /// <summary>A person, who lets the run go on later.</summary>
    Person,

    /// <summary>Somebody outside the run: the watchdog, or a hand at the blanker.</summary>
    Watchdog,
}
