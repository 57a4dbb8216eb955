using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DklActors.Messages.Frames;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Scalarizers;

/// <summary>What a recipe says of a scalarizer: its kind, and the values of its parameters.</summary>
/// <param name="Kind">One of <see cref="ScalarizerCatalog.Kinds"/>.</param>
public sealed record ScalarizerSpec(string Kind)
{
    /// <summary>What was given, by the keys of the parameters.</summary>
    public ImmutableSortedDictionary<string, object> Values { get; init; } =
        ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);

    /// <summary>The same with one more parameter given.</summary>
    public ScalarizerSpec With<T>(ScalarizerParameter<T> parameter, T value)
        where T : notnull => WithAny(parameter, value);

    /// <inheritdoc cref="With{T}"/>
    public ScalarizerSpec WithAny(ScalarizerParameter parameter, object value)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return this with { Values = Values.SetItem(parameter.Key, value) };
    }

    /// <summary>The value of a parameter that is given or has a default.</summary>
    public T Get<T>(ScalarizerParameter<T> parameter)
        where T : notnull => TryGet(parameter, out T? value)
            ? value
            : throw new ArgumentException($"Scalarizer {Kind}: {parameter.Key} is missing.");

    /// <summary>Whether a parameter is given or has a default.</summary>
    public bool TryGet<T>(ScalarizerParameter<T> parameter, [MaybeNullWhen(false)] out T value)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(parameter);
        object? found = Values.TryGetValue(parameter.Key, out object? given) ? given : parameter.AnyDefault;
        value = found is null ? default : (T)found;
        return found is not null;
    }

    /// <summary>The value of a parameter, or null where it is neither given nor has a default.</summary>
    public T? Find<T>(ScalarizerParameter<T> parameter)
        where T : struct => TryGet(parameter, out T value) ? value : null;

    /// <summary>
    /// Checks the specification against the energy axis of the instrument (null where it takes patterns or values).
    /// </summary>
    /// <returns>What is wrong, where, and what to do; null when the scalarizer can be made and used.</returns>
    public string? Validate(EnergyAxis? axis) => ScalarizerCheck.ProblemOf(this, axis);

    public bool Equals(ScalarizerSpec? other) =>
        other is not null && Kind == other.Kind && Values.SequenceEqual(other.Values);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind, StringComparer.Ordinal);
        foreach ((string key, object value) in Values)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
