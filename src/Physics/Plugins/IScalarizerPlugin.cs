using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Plugins;

/// <summary>
/// What a compiled plug-in assembly holds: a public class with a constructor without parameters. A recipe names the
/// assembly (<c>kind: plugin</c>, <c>assembly</c>, <c>type</c>, <c>settings</c>).
/// </summary>
/// <remarks>
/// Compile against the assemblies DklActors.Physics and DklActors.Messages of the release that runs it. Whoever can
/// write a recipe can run the code of any assembly on the machine: a plug-in is trusted as the daemon is.
/// </remarks>
public interface IScalarizerPlugin
{
    /// <summary>Makes the scalarizer, which has to be pure and thread-safe as <see cref="IScalarizer"/> says.</summary>
    /// <param name="settings">The recipe's <c>settings</c>; empty where it has none.</param>
    /// <exception cref="ArgumentException">The settings make no sense; the message is shown to the user.</exception>
    IScalarizer Create(string settings);
}
