using DklActors.Physics.Registration;

namespace DklActors.Registration;

/// <summary>The defaults of <c>drift.leastQuality</c> and <c>drift.largestChance</c>.</summary>
internal static class Trust
{
    public static bool In(ImageMatch match) => match is { Quality: >= 0.9, Chance: <= 1e-3 };
}
