using DklActors.Messages.Units;

namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>One plasmon mode of one particle.</summary>
/// <param name="Kind">Where it is excited.</param>
/// <param name="Energy">Centre of its peak.</param>
/// <param name="Width">Full width at half maximum of its Lorentzian, before the energy resolution.</param>
/// <param name="Probability">Probability that an electron excites it where it is strongest.</param>
public sealed record PlasmonMode(PlasmonKind Kind, ElectronVolt Energy, ElectronVolt Width, double Probability);
