namespace DklActors.Host.Recipes.Sections;

/// <summary>What a resumed run does about what it cannot know.</summary>
public sealed record RecoverySection(UnknownExposurePolicy UnknownExposure);
