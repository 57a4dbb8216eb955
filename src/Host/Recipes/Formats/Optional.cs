namespace DklActors.Host.Recipes.Formats;

/// <summary>A value that may be said to be absent; a box of its own, because null means "left out" in a table.</summary>
internal readonly record struct Optional<T>(T? Value)
    where T : struct;
