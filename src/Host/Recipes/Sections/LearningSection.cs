namespace DklActors.Host.Recipes.Sections;

/// <summary>The model and its refits.</summary>
/// <param name="Model">Name of a preset of the engine; which names exist is known to the engine.</param>
/// <param name="Epochs">Most epochs of one refit.</param>
/// <param name="StalenessLimit">Points the model may lag behind before the run pauses.</param>
/// <param name="Engine">What the model is computed with.</param>
/// <param name="Device">Where the torch engine computes; null under another engine.</param>
/// <param name="Trainer">Where it is trained. No outcome depends on it.</param>
/// <param name="TrainerPatience">
/// How long a training waits for a node to answer before it is done here; null where there is none to wait for.
/// </param>
public sealed record LearningSection(
    string Model,
    int Epochs,
    int StalenessLimit,
    LearningEngine Engine,
    string? Device,
    TrainerPlace Trainer,
    TimeSpan? TrainerPatience)
{
    /// <summary>What the first training in each further region of a campaign starts from.</summary>
    public TransferKind Transfer { get; init; }
}
