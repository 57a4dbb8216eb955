namespace DklActors.Transfer;

/// <summary>What chooses the seeds, and what the first training starts from.</summary>
internal enum Way
{
    /// <summary>A space-filling design, and the seed.</summary>
    SpaceFilling,

    /// <summary>A model that was never trained, and the seed.</summary>
    Untrained,

    /// <summary>The other region's model for both.</summary>
    Transferred,
}

/// <summary>One run.</summary>
internal sealed record Cell(string Scene, int Pair, int Region, Way Way);
