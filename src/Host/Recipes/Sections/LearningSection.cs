namespace DklActors.Host.Recipes.Sections;

/// <summary>The model and its refits.</summary>
/// <param name="Model">Name of a preset of the engine; which names exist is known to the engine.</param>
/// <param name="Epochs">Most epochs of one refit.</param>
/// <param name="StalenessLimit">Points the model may lag behind before the run pauses.</param>
public sealed record LearningSection(string Model, int Epochs, int StalenessLimit);
