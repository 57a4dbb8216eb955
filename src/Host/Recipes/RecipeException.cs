namespace DklActors.Host.Recipes;

/// <summary>A recipe that cannot be run; the message holds one line for each error.</summary>
public sealed class RecipeException : Exception
{
    public RecipeException(IReadOnlyList<RecipeError> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    public RecipeException(RecipeError error)
        : this([error])
    {
    }

    public IReadOnlyList<RecipeError> Errors { get; }
}
