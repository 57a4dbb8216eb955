namespace DklActors.Instruments.Simulated.Films;

/// <summary>Strain in the axes of the image, x along columns and y along rows; XY is the tensor's component.</summary>
internal readonly record struct Strain(double Xx, double Yy, double Xy);
