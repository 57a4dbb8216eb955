namespace DklActors.Instruments.Preacquired;

/// <summary>How a preacquired microscope turns stored frames into counts.</summary>
public abstract record CountsMode
{
    private CountsMode()
    {
    }

    /// <summary>
    /// The frame as it was recorded, with the noise it has. A partly blanked exposure scales it down, noise and all.
    /// </summary>
    public sealed record Recorded : CountsMode;

    /// <summary>
    /// Poisson counts of the stored frame times a factor: another dose. The stored frame's own noise stays in the
    /// mean, so factors well below 1 are the honest ones.
    /// </summary>
    public sealed record Scaled(double Factor) : CountsMode;
}
