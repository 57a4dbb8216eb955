namespace DklActors.Support;

/// <summary>Like <see cref="SharedDataFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute(params string[] names) =>
        Skip = names.Select(SharedData.ReasonToSkip).FirstOrDefault(reason => reason is not null);
}
