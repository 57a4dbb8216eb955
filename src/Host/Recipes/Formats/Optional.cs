namespace DklActors.Host.Recipes.Formats;

/// <summary>A value that may be said to be absent; its own type, because null is "left out" in a table.</summary>
internal readonly record struct Optional<T>(T? Value)
    where T : struct;
