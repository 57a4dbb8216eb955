using System.Text;
using DklActors.Messages.Events;
using DklActors.Messages.Serialization;

namespace DklActors.Messages.Tests.Serialization;

public sealed class DamagedEventTests
{
    [Fact]
    public void An_unknown_manifest_is_named() =>
        Reading("point-teleported", 1, "{}").Should().Throw<InvalidDataException>()
            .WithMessage("*'point-teleported'*use the version that wrote it*");

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Another_schema_version_is_refused_with_both_versions(int version) =>
        Reading("run-resumed", version, """{"by":"a","reason":"b"}""").Should().Throw<InvalidDataException>()
            .WithMessage($"*'run-resumed'*version {version}*reads versions up to 1*");

    [Theory]
    [InlineData("""{"by":"a","reason":"b","colour":"red"}""", "colour")]
    [InlineData("""{"by":"a"}""", "reason")]
    [InlineData("""{"by":null,"reason":"b"}""", "by")]
    [InlineData("""{"by":7,"reason":"b"}""", "by")]
    [InlineData("""{"by":"a","reason":"b" """, "")]
    [InlineData("""{"by":"a","by":"c","reason":"b"}""", "by")]
    [InlineData("""["a","b"]""", "")]
    [InlineData("null", "empty")]
    [InlineData("", "")]
    public void A_member_too_many_too_few_or_of_the_wrong_kind_is_refused(string json, string named) =>
        Reading("run-resumed", 1, json).Should().Throw<InvalidDataException>().WithMessage($"*'run-resumed'*{named}*");

    [Theory]
    [InlineData("\"p7\"")]
    [InlineData("7.5")]
    [InlineData("99999999999")]
    [InlineData("null")]
    [InlineData("{}")]
    public void A_point_id_that_is_no_whole_number_is_refused(string id) =>
        Reading("point-abandoned", 1, $$"""{"point":{{id}},"reason":"b"}""").Should().Throw<InvalidDataException>();

    [Fact]
    public void Absent_pending_points_are_refused()
    {
        const string planned = """
            {"point":1,"target":{"row":1,"column":1},"basis":{"reason":"seed","modelVersion":0,"observations":0,
            "pending":PENDING,"seed":1,"score":0,"predictedMean":0,"predictedDeviation":0},"took":"00:00:00"}
            """;

        Reading("point-planned", 1, planned.Replace("PENDING", "[]")).Should().NotThrow();
        Reading("point-planned", 1, planned.Replace("PENDING", "null")).Should().Throw<InvalidDataException>();
    }

    [Theory]
    [InlineData("\"good\"", true)]
    [InlineData("\"splendid\"", false)]
    [InlineData("0", false)]
    [InlineData("7", false)]
    public void A_quality_is_one_of_the_known_words(string quality, bool known)
    {
        Action reading = Reading("point-scalarized", 1, $$$"""
            {"point":1,"scalar":{"value":1,"standardError":1,"quality":{{{quality}}}},
            "scalarizer":"a","took":"00:00:00"}
            """);

        if (known)
        {
            reading.Should().NotThrow();
        }
        else
        {
            reading.Should().Throw<InvalidDataException>().WithMessage("*quality*");
        }
    }

    [Fact]
    public void A_flipped_or_missing_byte_gives_an_event_or_a_clear_refusal_and_nothing_else()
    {
        var random = new Random(20_260_101);
        foreach (JournalEvent sample in ContractEvents.All)
        {
            byte[] whole = EventJson.Write(sample);
            string manifest = EventCatalog.ManifestOf(sample);
            for (int trial = 0; trial < 200; trial++)
            {
                byte[] damaged = whole[..random.Next(whole.Length / 2, whole.Length + 1)];
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));

                Exception? thrown = Record.Exception(() => EventJson.Read(manifest, 1, damaged));

                (thrown is null or InvalidDataException).Should().BeTrue(
                    "{0} must not throw {1}", Encoding.UTF8.GetString(damaged), thrown);
            }
        }
    }

    private static Action Reading(string manifest, int version, string json) =>
        () => EventJson.Read(manifest, version, Encoding.UTF8.GetBytes(json));
}
