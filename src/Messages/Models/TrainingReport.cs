using System.Text.Json.Serialization;

namespace DklActors.Messages.Models;

/// <summary>How a training went.</summary>
/// <param name="Epochs">Optimiser steps taken.</param>
/// <param name="Loss">Negative log marginal likelihood (plus priors) per point, for standardised targets.</param>
/// <param name="Converged">Whether the convergence criterion ended it, not the limit of epochs.</param>
/// <param name="NoiseDeviation">Learned noise standard deviation, in the scalarizer's unit.</param>
/// <param name="Note">What went wrong and was survived, or null.</param>
/// <param name="Evidence">Whether structure helps, or null where the model does not look into it.</param>
public sealed record TrainingReport(
    int Epochs, double Loss, bool Converged, double NoiseDeviation, string? Note = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    StructureEvidence? Evidence = null);
