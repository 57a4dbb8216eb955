namespace DklActors.Host.Serving.Looking;

/// <summary>The maps of a run.</summary>
internal enum MapKind
{
    Structure,
    Prediction,
    Uncertainty,
    Acquisition,
    Dose,
    Truth,
}
