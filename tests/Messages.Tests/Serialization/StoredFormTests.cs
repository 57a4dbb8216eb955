using System.Text;
using DklActors.Messages.Events;
using DklActors.Messages.Serialization;

namespace DklActors.Messages.Tests.Serialization;

/// <summary>
/// Journals outlive the software that wrote them: <c>stored-events.txt</c> holds every event as it is stored, and
/// both directions are held to it.
/// </summary>
public sealed class StoredFormTests
{
    private static readonly Dictionary<string, string> Lines = File
        .ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Serialization", "stored-events.txt"))
        .ToDictionary(line => line.Split(' ')[0]);

    public static TheoryData<string> Manifests => [.. EventCatalog.Manifests.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void An_event_is_stored_as_it_always_was(string manifest)
    {
        string line = LineOf(Sample(manifest));

        Lines.GetValueOrDefault(manifest).Should().Be(
            line, "a changed form needs a new schema version and a reader for the old one; then correct the file");
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_stored_event_reads_as_what_it_was(string manifest)
    {
        string[] parts = Lines[manifest].Split(' ', 3);

        JournalEvent read = EventJson.Read(
            manifest, int.Parse(parts[1].TrimStart('v')), Encoding.UTF8.GetBytes(parts[2]));

        read.Should().BeEquivalentTo(Sample(manifest), Equality.FieldByField);
    }

    [Fact]
    public void Nothing_is_in_the_file_that_the_catalog_does_not_know() =>
        Lines.Keys.Should().BeEquivalentTo(EventCatalog.Manifests);

    private static JournalEvent Sample(string manifest) =>
        ContractEvents.All.Single(sample => EventCatalog.ManifestOf(sample) == manifest);

    private static string LineOf(JournalEvent journalEvent) =>
        $"{EventCatalog.ManifestOf(journalEvent)} v{EventCatalog.SchemaVersionOf(journalEvent)} "
        + Encoding.UTF8.GetString(EventJson.Write(journalEvent));
}
