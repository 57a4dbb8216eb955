using System.Buffers;

namespace DklActors.ActorKernel;

/// <summary>
/// Where an actor lives in the tree, for example <c>akka://daemon/user/experiments/experiment-7</c>.
/// Two paths are equal when their text is; <see cref="Uid"/> tells incarnations under one name apart.
/// </summary>
public sealed record ActorPath
{
    private static readonly SearchValues<char> Legal = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.*$+:@&=,!~';");

    private readonly ActorPath? _parent;

    private ActorPath(string systemName, ActorPath? parent, string name, long uid)
    {
        SystemName = systemName;
        _parent = parent;
        Name = name;
        Uid = uid;
    }

    public string Name { get; }

    /// <summary>Unique within the actor system for each incarnation; 0 where there are no incarnations.</summary>
    public long Uid { get; }

    /// <summary>The root is its own parent.</summary>
    public ActorPath Parent => _parent ?? this;

    public ActorPath Root => _parent?.Root ?? this;

    /// <summary>The names from the root down, the root's own left out.</summary>
    public IReadOnlyList<string> Elements => _parent is null ? [] : [.. _parent.Elements, Name];

    internal string SystemName { get; }

    /// <summary>The path in a metric: names that the system gives ($a, $b …) are all <c>*</c>.</summary>
    internal string SeriesName =>
        field ??= "/" + string.Join('/', Elements.Select(name => name.StartsWith('$') ? "*" : name));

    public static ActorPath operator /(ActorPath parent, string name) => Divide(parent, name);

    public static ActorPath Divide(ActorPath parent, string name) => parent.Child(name, uid: 0);

    /// <summary>Whether a person may give an actor this name: ASCII letters, digits, -_.*$+:@&amp;=,!~'; and no
    /// leading $, which marks names that the system gives.</summary>
    public static bool IsValidPathElement(string? name) =>
        !string.IsNullOrEmpty(name) && name[0] != '$' && !name.AsSpan().ContainsAnyExcept(Legal);

    public string ToStringWithoutAddress() => "/" + string.Join('/', Elements);

    public override string ToString() => $"akka://{SystemName}{ToStringWithoutAddress()}";

    public bool Equals(ActorPath? other) =>
        ReferenceEquals(this, other) || (other is not null && Name == other.Name && SystemName == other.SystemName
            && Equals(_parent, other._parent));

    public override int GetHashCode() => HashCode.Combine(SystemName, _parent?.GetHashCode() ?? 0, Name);

    internal static ActorPath ForRoot(string systemName) => new(systemName, null, "/", 0);

    internal ActorPath Child(string name, long uid) => new(SystemName, this, name, uid);
}
