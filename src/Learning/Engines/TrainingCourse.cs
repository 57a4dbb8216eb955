namespace DklActors.Learning.Engines;

/// <summary>How a training went.</summary>
/// <param name="BestLoss">Loss at the best step, nats per point; infinite if no step had a finite one.</param>
/// <param name="Epochs">Steps taken, a diverged one included.</param>
/// <param name="Converged">Whether the loss had ceased to improve.</param>
/// <param name="Diverged">Whether a step gave no finite loss, which ended the training.</param>
internal readonly record struct TrainingCourse(double BestLoss, int Epochs, bool Converged, bool Diverged);
