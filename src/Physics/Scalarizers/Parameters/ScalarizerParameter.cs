namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>One thing that a kind of scalarizer can be told; the recipe's keys are made from these.</summary>
/// <param name="Key">Its name in a recipe, such as <c>window</c>; kinds that share a key share the parameter.</param>
/// <param name="Meaning">A sentence for people.</param>
public abstract record ScalarizerParameter(string Key, string Meaning)
{
    /// <summary>The value where none is given; null where there is none.</summary>
    public object? AnyDefault { get; private protected init; }

    /// <summary>In words, what happens where no value is given and no constant stands in for it.</summary>
    public string? DefaultInWords { get; init; }

    /// <summary>Whether a scalarizer that takes this parameter cannot be made without it.</summary>
    public bool IsRequired => AnyDefault is null && DefaultInWords is null;

    /// <summary>Whether a recipe names a file here, by a path that starts at the recipe's folder.</summary>
    public virtual bool IsPath => false;

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    public abstract string? ProblemOf(object value);

    /// <summary>
    /// The value as it stands in an identity, with all its digits: equal identities have to mean equal scalars.
    /// </summary>
    public abstract string TextOf(object value);
}

/// <inheritdoc cref="ScalarizerParameter"/>
public abstract record ScalarizerParameter<T>(string Key, string Meaning) : ScalarizerParameter(Key, Meaning)
    where T : notnull
{
    /// <summary>The value where none is given.</summary>
    public T Default
    {
        get => (T)AnyDefault!;
        init => AnyDefault = value;
    }

    public sealed override string? ProblemOf(object value) =>
        value is T typed ? Problem(typed) : $"{value} is no {typeof(T).Name}";

    public sealed override string TextOf(object value) => Text((T)value);

    private protected abstract string? Problem(T value);

    private protected abstract string Text(T value);
}
