namespace DklActors.Actors.Replaying.Verification;

/// <summary>What is derived again and compared.</summary>
public enum CheckedThing
{
    /// <summary>What the run was started with, and that each event is legal after those before it.</summary>
    Events,

    /// <summary>Structural image and number of candidates.</summary>
    Survey,

    /// <summary>How far the sample had moved, from the images of the looks at its drift.</summary>
    Drift,

    /// <summary>
    /// The patch of a frame: the candidate nearest to the probe's read-back, less the correction for the drift.
    /// </summary>
    Patches,

    /// <summary>Value, standard error and quality, from the raw frame.</summary>
    Scalars,

    /// <summary>Model states, trained again.</summary>
    Models,

    /// <summary>Where a point was planned and what was predicted there.</summary>
    Decisions,
}

/// <summary>How often a thing was compared, and with what outcome.</summary>
/// <param name="What">The thing.</param>
public sealed record CheckCount(CheckedThing What)
{
    public long Checked => Same + WithinTolerance + AsStored + NotDerivable + Divergent;

    /// <summary>Bit for bit.</summary>
    public long Same { get; init; }

    /// <summary>Within the stated tolerance; with <see cref="Ties"/> among them.</summary>
    public long WithinTolerance { get; init; }

    /// <summary>The largest deviation among those, as a share of the spread; 0 where all have the same bits.</summary>
    public double LargestDeviation { get; init; }

    /// <summary>Decisions that go elsewhere now, where the two places score the same within the tolerance.</summary>
    public long Ties { get; init; }

    /// <summary>Models of another instruction set: restored and used, not trained again.</summary>
    public long AsStored { get; init; }

    /// <summary>Beyond this version of the software; <see cref="VerificationReport.Notes"/> say why.</summary>
    public long NotDerivable { get; init; }

    public long Divergent { get; init; }
}
