using System.Text;
using System.Text.Json.Nodes;
using DklActors.Journal.Export.Bluesky;
using DklActors.Journal.Storage;
using DklActors.Journal.Tests.Kit;
using DklActors.Messages.Events;

namespace DklActors.Journal.Tests.Export;

public sealed class BlueskyRunTests
{
    [Fact]
    public async Task A_descriptor_comes_before_the_events_of_its_stream_and_the_stop_counts_them()
    {
        await using MadeRun run = await EndedAsync(new ExperimentCompleted(3, "all measured"));
        BlueskyDocument[] documents = [.. BlueskyRun.Documents(run.Events)];

        documents[0].Name.Should().Be("start");
        documents[^1].Name.Should().Be("stop");
        var streams = new Dictionary<string, string>();
        var counts = new Dictionary<string, int>();
        foreach (BlueskyDocument document in documents[1..^1])
        {
            if (document.Name == "descriptor")
            {
                streams.Add(Text(document, "uid"), Text(document, "name"));
                continue;
            }

            string stream = streams[Text(document, "descriptor")];
            counts[stream] = counts.GetValueOrDefault(stream) + 1;
            document.Content["seq_num"]!.GetValue<int>().Should().Be(counts[stream]);
        }

        counts.Should().BeEquivalentTo(new Dictionary<string, int>
        {
            ["survey"] = 1, ["decisions"] = 6, ["models"] = 1, ["primary"] = 3, ["incidents"] = 3,
        });
        documents[^1].Content["num_events"]!.AsObject().ToDictionary(pair => pair.Key, pair => (int)pair.Value!)
            .Should().BeEquivalentTo(counts);
    }

    [Fact]
    public async Task An_event_has_the_keys_of_its_descriptor_and_no_number_that_is_none()
    {
        await using MadeRun run = await EndedAsync(new ExperimentCompleted(3, "all measured"));
        BlueskyDocument[] documents = [.. BlueskyRun.Documents(run.Events)];
        Dictionary<string, JsonObject> keys = documents.Where(document => document.Name == "descriptor")
            .ToDictionary(document => Text(document, "uid"), document => document.Content["data_keys"]!.AsObject());

        foreach (BlueskyDocument document in documents.Where(document => document.Name == "event"))
        {
            IEnumerable<string> expected = keys[Text(document, "descriptor")].Select(pair => pair.Key);
            document.Content["data"]!.AsObject().Select(pair => pair.Key).Should().Equal(expected);
            document.Content["timestamps"]!.AsObject().Select(pair => pair.Key).Should().Equal(expected);
        }

        Written(run).Should().NotContain("NaN");
        JsonObject[] measured = [.. documents.Where(document => document.Content["data"]?["scalar"] is not null
            || document.Content["data"]?["frame_sha256"] is not null)
            .Select(document => document.Content["data"]!.AsObject())];
        measured.Select(data => (int)data["point"]!).Should().Equal(1, 2, 3);
        measured[1]["scalar"].Should().BeNull();
        ((double)measured[2]["scalar"]!).Should().Be(1.0 / 3.0);
        ((double)measured[2]["probe_row"]!).Should().Be(MadeRun.ReadBackOf(3).Row);
    }

    [Fact]
    public async Task The_same_run_has_the_same_identifiers_and_another_run_has_others()
    {
        await using MadeRun run = await EndedAsync(new ExperimentCompleted(3, "all measured"));
        await using MadeRun other = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point), "other");
        string[] first = Identifiers(run), again = Identifiers(run);

        first.Should().Equal(again).And.OnlyHaveUniqueItems();
        first.Should().NotIntersectWith(Identifiers(other));
        first.Should().OnlyContain(identifier => Guid.Parse(identifier).Version == 8);
    }

    public static TheoryData<JournalEvent, string?> Ends => new()
    {
        { new ExperimentCompleted(3, "done"), "success" },
        { new ExperimentStopped("operator", "enough"), "abort" },
        { new ExperimentAborted("operator", "at once"), "abort" },
        { new ExperimentInterlocked("vacuum"), "fail" },
        { new ExperimentFailed("no survey"), "fail" },
        { new RunPaused("operator", "lunch"), null },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task The_stop_says_how_the_run_ended_and_is_missing_while_it_has_not(JournalEvent last, string? status)
    {
        await using MadeRun run = await EndedAsync(last);
        BlueskyDocument document = BlueskyRun.Documents(run.Events).Last();

        (document.Name == "stop" ? Text(document, "exit_status") : null).Should().Be(status);
    }

    [Fact]
    public async Task A_run_that_was_continued_ends_where_it_ended_last()
    {
        await using MadeRun run = await EndedAsync(new ExperimentStopped("operator", "enough"));
        var provenance = new Provenance("dkl", "host", "os", "runtime", "unknown", []);
        await run.AppendAsync(new ExperimentContinued(2, provenance));
        BlueskyRun.Documents(run.Events).Should().NotContain(document => document.Name == "stop");
        await run.AppendAsync(new ExperimentCompleted(3, "done"));

        BlueskyRun.Documents(run.Events).Count(document => document.Name == "stop").Should().Be(1);
    }

    [Fact]
    public async Task What_does_not_begin_with_the_start_of_a_run_is_refused()
    {
        await using var run = new MadeRun();
        await run.AppendAsync(new RunPaused("operator", "lunch"));

        Action tell = () => _ = BlueskyRun.Documents(run.Events).ToArray();
        tell.Should().Throw<JournalDamagedException>().WithMessage("Event 1 (run-paused)*start*");
    }

    // The schemas are those of Bluesky's event-model, see Schemas/LICENSE.txt.
    [PythonFact("jsonschema")]
    public async Task Every_document_is_valid_against_the_schemas_of_the_event_model()
    {
        await using MadeRun run = await EndedAsync(new ExperimentCompleted(3, "all measured"));
        string path = Path.Combine(run.Folder, "documents.jsonl");
        await File.WriteAllTextAsync(path, Written(run));

        string valid = await Python.RunAsync(
            "jsonschema",
            """
            import json, sys, jsonschema
            files = dict(start='run_start', descriptor='event_descriptor', event='event', stop='run_stop')
            checks = {}
            for name, file in files.items():
                schema = json.load(open(f'{sys.argv[1]}/{file}.json'))
                checks[name] = jsonschema.Draft202012Validator(schema)
                assert not checks[name].is_valid({'uid': 'x'}), 'the check itself must be able to fail'
            count = 0
            for line in open(sys.argv[2]):
                name, document = json.loads(line)
                checks[name].validate(document)
                count += 1
            print(count)
            """,
            RepositoryRoot.PathOf("tests/Journal.Tests/Export/Schemas"),
            path);

        int.Parse(valid).Should().Be(BlueskyRun.Documents(run.Events).Count()).And.Be(21);
    }

    private static async Task<MadeRun> EndedAsync(JournalEvent last)
    {
        MadeRun run = await MadeRun.WithEverythingAsync(point => MadeRun.Spectrum(point));
        await run.AppendAsync(last);
        return run;
    }

    private static string[] Identifiers(MadeRun run) =>
        [.. BlueskyRun.Documents(run.Events).Select(document => Text(document, "uid"))];

    private static string Text(BlueskyDocument document, string key) => document.Content[key]!.GetValue<string>();

    private static string Written(MadeRun run)
    {
        using var stream = new MemoryStream();
        BlueskyWriter.Write(stream, BlueskyRun.Documents(run.Events));
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
