namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>What a stored value means: (stored − origin) · scale, in the unit.</summary>
/// <param name="Origin">Stored value of nothing.</param>
/// <param name="Scale">What one unit of the stored value stands for.</param>
/// <param name="Unit">As the file has it, such as e- or Counts.</param>
public sealed record IntensityCalibration(double Origin, double Scale, string Unit);
