using System.Collections.Immutable;

namespace DklActors.Messages.Events;

/// <summary>What wrote a run: enough to set up the same software again.</summary>
/// <param name="Software">Version and commit.</param>
/// <param name="Host">Name of the machine.</param>
/// <param name="OperatingSystem">Its operating system.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="InstructionSet">
/// What the learning computes with, such as <c>x64 512-bit</c>: on the same one a replay gives the same bits.
/// </param>
/// <param name="Packages">Name and version of every package.</param>
public sealed record Provenance(
    string Software,
    string Host,
    string OperatingSystem,
    string Runtime,
    string InstructionSet,
    ImmutableArray<string> Packages);
