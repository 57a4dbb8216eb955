using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Sections;

/// <summary>Where the energy axis of a recorded data set comes from.</summary>
public abstract record EnergyCalibration;

/// <summary>The axis is an array of the data set, in <paramref name="Unit"/>.</summary>
public sealed record RecordedEnergyAxis(string Array, EnergyUnit Unit) : EnergyCalibration;

/// <summary>The axis is given in the recipe: channel k is centred at Origin + k · Dispersion.</summary>
public sealed record GivenEnergyAxis(ElectronVolt Origin, ElectronVolt Dispersion) : EnergyCalibration;
