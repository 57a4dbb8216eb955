using DklActors.Messages.Frames;

namespace DklActors.Actors.Drifting;

/// <summary>It is time to look at the drift.</summary>
internal sealed record LookAtDrift
{
    public static readonly LookAtDrift Instance = new();
}

/// <summary>An image was compared with the first one.</summary>
/// <param name="Image">The image.</param>
/// <param name="Estimate">What it says.</param>
/// <param name="Ticket">Of the order to take it.</param>
internal sealed record DriftEstimated(StructuralImage Image, DriftEstimate Estimate, object? Ticket);

internal sealed record DriftNotEstimated(string Reason, object? Ticket);
