using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Plugins;

/// <summary>A scalarizer out of a plug-in assembly; its identity holds the hash of the assembly's file.</summary>
internal sealed class PluginScalarizer : IScalarizer
{
    public static readonly FileParameter AssemblyFile = new("assembly", "The plug-in's assembly, a .dll file.");

    public static readonly TextParameter TypeName = new(
        "type", "the full name of a class", static _ => null, "The class of the assembly that makes the scalarizer.")
    {
        DefaultInWords = "the only one that there is",
    };

    public static readonly TextParameter Settings = new(
        "settings", "text on one line", static _ => null, "What the plug-in is told.")
    {
        DefaultInWords = "nothing",
    };

    public static readonly ScalarizerKind Kind = new(
        "plugin", 1, FrameNeed.Any, "A scalarizer of your own, from a compiled assembly.",
        [AssemblyFile, TypeName, Settings])
    {
        Create = static spec => new PluginScalarizer(spec),
        Label = static spec => Path.GetFileNameWithoutExtension(spec.Get(AssemblyFile)),
    };

    private readonly IScalarizer _inner;

    /// <exception cref="ArgumentException">The assembly or its class cannot be used; says why.</exception>
    private PluginScalarizer(ScalarizerSpec spec)
    {
        string path = Path.GetFullPath(spec.Get(AssemblyFile));
        try
        {
            byte[] content = File.ReadAllBytes(path);
            Type type = TypeIn(PluginContext.Load(path, content), spec, path);
            string settings = spec.TryGet(Settings, out string? text) ? text : "";
            _inner = ((IScalarizerPlugin)Activator.CreateInstance(type)!).Create(settings);
            string hash = Convert.ToHexStringLower(SHA256.HashData(content));
            Identity = $"plugin/{Kind.Version} {Path.GetFileName(path)} sha256:{hash} {type.FullName} '{settings}': "
                + _inner.Identity;
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            Exception cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            throw new ArgumentException(
                $"Scalarizer plugin: {path} cannot be used ({cause.GetType().Name}: {cause.Message.TrimEnd('.')}); "
                + "check the file, and that it was compiled against this release", exception);
        }
    }

    public string Identity { get; }

    public string Unit => _inner.Unit;

    public ImmutableArray<GridOffset> Neighbours => _inner.Neighbours;

    public ScalarResult Evaluate(in Measurement measurement) => _inner.Evaluate(in measurement);

    private static Type TypeIn(Assembly assembly, ScalarizerSpec spec, string path)
    {
        Type[] all =
        [
            .. assembly.GetExportedTypes().Where(static type =>
                type is { IsAbstract: false } && typeof(IScalarizerPlugin).IsAssignableFrom(type)),
        ];
        Type[] named = spec.TryGet(TypeName, out string? name) ? [.. all.Where(type => type.FullName == name)] : all;
        return named is [Type only]
            ? only
            : throw new ArgumentException(
                $"Scalarizer plugin: {path} holds {named.Length} classes "
                + (name is null ? $"that are {nameof(IScalarizerPlugin)}s" : $"called {name}")
                + $" and one is needed; there are: {string.Join(", ", all.Select(static type => type.FullName))}");
    }
}
