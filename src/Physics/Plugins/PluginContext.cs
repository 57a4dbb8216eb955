using System.Reflection;
using System.Runtime.Loader;

namespace DklActors.Physics.Plugins;

/// <summary>
/// Loads a plug-in with what lies beside it. Assemblies that the program has already are the program's, or the
/// plug-in's scalarizer would be no <see cref="Scalarizers.IScalarizer"/> of ours.
/// </summary>
internal sealed class PluginContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;

    private PluginContext(string path)
        : base(Path.GetFileNameWithoutExtension(path)) => _resolver = new AssemblyDependencyResolver(path);

    /// <summary>Loads the content that was hashed, and not what the file may hold a moment later.</summary>
    public static Assembly Load(string path, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        return new PluginContext(path).LoadFromStream(stream);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        bool isOurs = Default.Assemblies.Any(loaded => loaded.GetName().Name == assemblyName.Name);
        return isOurs || _resolver.ResolveAssemblyToPath(assemblyName) is not { } path
            ? null
            : LoadFromAssemblyPath(path);
    }
}
