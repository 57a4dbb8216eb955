using DklActors.Messages.Frames;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Scalarizers;

/// <summary>A kind of scalarizer: what it takes, what it can be told, and how one is made.</summary>
/// <param name="Name">Its name in a recipe, such as <c>band-mean</c>.</param>
/// <param name="Version">Raised whenever the same measurement may give other bits.</param>
/// <param name="Takes">The frames it takes.</param>
/// <param name="Meaning">One line for people: "mean count per channel in a window".</param>
/// <param name="Parameters">What it can be told, in the order of its identity.</param>
public sealed record ScalarizerKind(
    string Name, int Version, FrameNeed Takes, string Meaning, IReadOnlyList<ScalarizerParameter> Parameters)
{
    /// <summary>Makes one of a specification that was checked.</summary>
    public required Func<ScalarizerSpec, IScalarizer> Create { get; init; }

    /// <summary>What is wrong with the values together; null when nothing is.</summary>
    public Func<ScalarizerSpec, string?> Check { get; init; } = static _ => null;

    /// <summary>Energy windows that are not parameters by themselves, with their names.</summary>
    public Func<ScalarizerSpec, IEnumerable<(string Name, EnergyWindow Window)>> MoreWindows { get; init; } =
        static _ => [];

    /// <summary>What figures call the number: "mean of 2.9–3.5 eV".</summary>
    public required Func<ScalarizerSpec, string> Label { get; init; }

    /// <summary>All energy windows of a specification, with their names: for checks and for figures.</summary>
    public IEnumerable<(string Name, EnergyWindow Window)> WindowsOf(ScalarizerSpec spec) =>
    [
        .. Parameters.OfType<WindowParameter>().Where(parameter => spec.Values.ContainsKey(parameter.Key))
            .Select(parameter => (parameter.Key, spec.Get(parameter))),
        .. MoreWindows(spec),
    ];

    /// <summary>Kind, version and every value, as journaled.</summary>
    public string IdentityOf(ScalarizerSpec spec) => ScalarizerIdentity.Of(this, spec);
}
