namespace DklActors.Host.Running;

/// <summary>How much of the time between first and last measurement the detector exposed or read out.</summary>
/// <param name="Overlapped">As it was: measuring, training and planning overlapping.</param>
/// <param name="Serial">What the same durations would have given one after the other.</param>
internal sealed record BeamUtilisation(double Overlapped, double Serial);
