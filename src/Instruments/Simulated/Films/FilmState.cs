namespace DklActors.Instruments.Simulated.Films;

/// <summary>What the film is at one place.</summary>
/// <param name="Grain">Number of the grain, from 0.</param>
/// <param name="Neighbour">The nearest other grain; that grain itself where there is but one.</param>
/// <param name="NeighbourShare">Share of the beam that is in the neighbour, 0 to 0.5.</param>
/// <param name="Amorphous">Share of the thickness that is amorphous, 0 to 1.</param>
/// <param name="Vacuum">Share of the beam that meets no film, 0 to 1.</param>
/// <param name="ThicknessNanometres">Thickness where there is film.</param>
/// <param name="Deformation">Of the lattice of either grain.</param>
internal readonly record struct FilmState(
    int Grain,
    int Neighbour,
    double NeighbourShare,
    double Amorphous,
    double Vacuum,
    double ThicknessNanometres,
    Deformation Deformation)
{
    /// <summary>Thickness averaged over the beam, of which a part may meet no film, nm.</summary>
    public double FilmNanometres => ThicknessNanometres * (1 - Vacuum);

    /// <summary>Whether there is a lattice to speak of.</summary>
    public bool IsCrystalline => Amorphous < 0.5 && Vacuum < 0.5;
}
