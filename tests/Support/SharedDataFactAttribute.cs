namespace DklActors.Support;

/// <summary>A test on a file or folder of <see cref="SharedData"/>; skipped, saying so, where that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string name) => Skip = SharedData.ReasonToSkip(name);
}
