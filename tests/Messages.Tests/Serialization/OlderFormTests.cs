using System.Text;
using DklActors.Messages.Events;
using DklActors.Messages.Serialization;

namespace DklActors.Messages.Tests.Serialization;

/// <summary>
/// <c>older-events.txt</c> holds every form in which an event was ever stored and is not any more. Each is read as
/// what it would be today.
/// </summary>
public sealed class OlderFormTests
{
    private static readonly string[] Lines = File.ReadAllLines(
        Path.Combine(AppContext.BaseDirectory, "Serialization", "older-events.txt"));

    public static IEnumerable<object[]> Forms => Lines.Select(line => line.Split(' ', 3))
        .Select(parts => new object[] { parts[0], int.Parse(parts[1].TrimStart('v')) });

    public static IEnumerable<object[]> FormsExpected => ContractEvents.All.SelectMany(sample => Enumerable
        .Range(1, EventCatalog.SchemaVersionOf(sample) - 1)
        .Select(version => new object[] { EventCatalog.ManifestOf(sample), version }));

    [Theory]
    [MemberData(nameof(FormsExpected))]
    public void No_version_that_there_was_is_forgotten(string manifest, int version) =>
        Lines.Should().ContainSingle(line => line.StartsWith($"{manifest} v{version} ", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_older_event_reads_as_what_it_would_be_today(string manifest, int version)
    {
        JournalEvent read = Read(manifest, version);

        read.Should().BeEquivalentTo(AsUnderstood(manifest), Equality.FieldByField);
    }

    [Fact]
    public void An_older_event_with_a_member_too_many_is_refused_like_any_other()
    {
        string line = LineOf("experiment-continued", 1).Replace("\"epoch\":2", "\"epoch\":2,\"mood\":\"good\"");

        Action reading = () => EventJson.Read("experiment-continued", 1, Encoding.UTF8.GetBytes(line));

        reading.Should().Throw<InvalidDataException>().WithMessage("*'experiment-continued'*mood*");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"epoch\":2,\"provenance\":7}")]
    [InlineData("{\"epoch\":2,\"epoch\":3,\"provenance\":{}}")]
    [InlineData("{\"epoch\":2")]
    public void A_damaged_older_event_is_refused_in_words(string json)
    {
        Action reading = () => EventJson.Read("experiment-continued", 1, Encoding.UTF8.GetBytes(json));

        reading.Should().Throw<InvalidDataException>().WithMessage("*'experiment-continued'*");
    }

    private static JournalEvent Read(string manifest, int version) =>
        EventJson.Read(manifest, version, Encoding.UTF8.GetBytes(LineOf(manifest, version)));

    private static string LineOf(string manifest, int version) =>
        Lines.Single(line => line.StartsWith($"{manifest} v{version} ", StringComparison.Ordinal)).Split(' ', 3)[2];

    private static JournalEvent AsUnderstood(string manifest) =>
        ContractEvents.All.Single(sample => EventCatalog.ManifestOf(sample) == manifest) switch
        {
            ExperimentStarted started => started with { Provenance = Older(started.Provenance) },
            ExperimentContinued continued => continued with { Provenance = Older(continued.Provenance) },
            SurveyRecorded survey => survey with { Places = null },
            RunPaused paused => paused with { Kind = PauseKind.Soft },
            PointAbandoned abandoned => abandoned with { Cause = AbandonCause.NoFrame },
            var other => other,
        };

    private static Provenance Older(Provenance provenance) => provenance with { InstructionSet = "unknown" };
}
