using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using DklActors.Learning.Linear;
using DklActors.Messages.Events;

namespace DklActors.Host.Composition;

/// <summary>Finds out what is running: version and commit, machine, packages.</summary>
internal static class ProvenanceReader
{
    /// <param name="arithmetic">What the bits of a model depend on beside the instruction set, or empty.</param>
    public static Provenance Read(string arithmetic = "") => new(
        SoftwareVersion,
        Environment.MachineName,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        arithmetic.Length > 0 ? $"{InstructionSet.Current}; {arithmetic}" : InstructionSet.Current,
        Packages());

    /// <summary>Version and commit, such as <c>dkl 0.1.0+4f2c…</c>.</summary>
    public static string SoftwareVersion =>
        "dkl " + typeof(ProvenanceReader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;

    private static ImmutableArray<string> Packages()
    {
        string manifest = Path.Combine(AppContext.BaseDirectory, "dkl.deps.json");
        if (!File.Exists(manifest))
        {
            // A single-file build carries its packages inside; the commit then says which they are.
            return [];
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(manifest));
        return
        [
            .. document.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name)
                .Order(StringComparer.Ordinal),
        ];
    }
}
