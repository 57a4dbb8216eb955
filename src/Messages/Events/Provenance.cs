using System.Collections.Immutable;

namespace DklActors.Messages.Events;

/// <summary>What wrote a run: enough to set up the same software again.</summary>
public sealed record Provenance(
    string Software, string Host, string OperatingSystem, string Runtime, ImmutableArray<string> Packages);
