using System.Text.Json;
using DklActors.Journal.Postgres;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Support.Postgres;

namespace DklActors.Host.Tests.EndToEnd;

/// <summary>Runs whose events a PostgreSQL server keeps.</summary>
[Collection(PostgresServer.Collection)]
public sealed class PostgresRunTests(PostgresServer server) : IDisposable
{
    private const string Variable = "DKL_JOURNAL_CONNECTION";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly RunFolderOnDisk _folder = new();
    private readonly string _connection = server.NewSchema();

    private string RunId => File.ReadAllText(Path.Combine(_folder.Run, "run.id")).Trim();

    public void Dispose() => _folder.Dispose();

    [PostgresFact]
    public async Task A_run_is_kept_in_the_database_and_read_from_there()
    {
        using DklProcess dkl = await DklProcess.RunAsync(_folder.Parent, Arguments(_folder.WriteRecipe()));

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Summary.GetProperty("points").GetInt32().Should().Be(13);
        dkl.Summary.GetProperty("run").GetString().Should().Be(RunId).And.StartWith("small-");
        dkl.Summary.GetProperty("journal").GetProperty("intact").GetBoolean().Should().BeTrue();
        File.Exists(_folder.Journal).Should().BeFalse();
        Events().OfType<FrameRecorded>().Should().HaveCount(13);
        Events()[^1].Should().BeOfType<ExperimentCompleted>();
        PostgresJournal.Open(_connection, RunId, _folder.Run).Verify().Contents.Should().BeGreaterThan(13);

        // What is in the run folder is enough to find the journal again.
        using DklProcess again = await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");
        again.ExitCode.Should().Be(0, again.Error);
        again.Summary.GetProperty("rmse").GetDouble().Should().Be(dkl.Summary.GetProperty("rmse").GetDouble());

        using DklProcess reconstructed = await DklProcess.RunAsync(
            _folder.Parent, "reconstruct", _folder.Run, "--out", Path.Combine(_folder.Parent, "frames"), "--json");
        reconstructed.ExitCode.Should().Be(0, reconstructed.Error);
        reconstructed.Summary.GetProperty("measured").GetInt32().Should().Be(13);

        using DklProcess over = await DklProcess.RunAsync(_folder.Parent, Arguments(_folder.WriteRecipe()));
        over.ExitCode.Should().Be(2);
        over.Error.Should().Contain("holds a run already");
    }

    [PostgresFact]
    public async Task A_killed_run_is_resumed_to_the_same_number_of_points_none_twice_chain_intact()
    {
        using DklProcess killed = DklProcess.Start(_folder.Parent, Arguments(_folder.WriteSlowRecipe()));
        await WaitForFramesAsync(3);
        await killed.KillAsync();
        int before = Events().Count;

        using DklProcess resumed = await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");

        resumed.ExitCode.Should().Be(0, resumed.Error);
        JsonElement summary = resumed.Summary;
        summary.GetProperty("points").GetInt32().Should().Be(RunFolderOnDisk.SlowPoints);
        summary.GetProperty("measurementsRepeated").GetInt32().Should().Be(0);
        summary.GetProperty("journal").GetProperty("intact").GetBoolean().Should().BeTrue();
        Events().Count.Should().BeGreaterThan(before);
        Events().OfType<FrameRecorded>().Select(frame => frame.Point).Should().OnlyHaveUniqueItems();
    }

    [PostgresFact]
    public async Task A_server_that_is_killed_and_comes_back_is_waited_for_and_costs_no_point()
    {
        using DklProcess dkl = DklProcess.Start(_folder.Parent, Arguments(_folder.WriteSlowRecipe()));
        await WaitForFramesAsync(3);
        server.Kill();
        server.Start();
        await dkl.EndAsync();

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Summary.GetProperty("points").GetInt32().Should().Be(RunFolderOnDisk.SlowPoints);
        dkl.Summary.GetProperty("measurementsRepeated").GetInt32().Should().Be(0);
        dkl.Summary.GetProperty("journal").GetProperty("intact").GetBoolean().Should().BeTrue();
    }

    [PostgresFact]
    public async Task Two_runs_at_once_share_the_journal()
    {
        using var other = new RunFolderOnDisk();
        Task<DklProcess> first = DklProcess.RunAsync(_folder.Parent, Arguments(_folder.WriteRecipe()));
        Task<DklProcess> second = DklProcess.RunAsync(other.Parent, Arguments(other.WriteRecipe(), other));
        foreach (DklProcess dkl in await Task.WhenAll(first, second))
        {
            using (dkl)
            {
                dkl.ExitCode.Should().Be(0, dkl.Error);
                dkl.Summary.GetProperty("points").GetInt32().Should().Be(13);
            }
        }

        var journal = PostgresJournal.Open(_connection, RunId, _folder.Run);
        journal.Streams.Should().HaveCount(2);
        journal.Verify().IsIntact.Should().BeTrue();
    }

    [PostgresFact]
    public async Task A_connection_from_the_environment_is_written_nowhere()
    {
        string[] arguments =
        [
            "run", _folder.WriteRecipe(measurements: 0), "--out", _folder.Run, "--json",
            "--set", "journal.store=postgresql", "--log-level", "debug",
        ];
        using (DklProcess without = await DklProcess.RunAsync(_folder.Parent, arguments))
        {
            without.ExitCode.Should().Be(2);
            without.Error.Should().Contain("journal.connection").And.Contain(Variable);
            Directory.Exists(_folder.Run).Should().BeFalse();
        }

        var environment = new Dictionary<string, string> { [Variable] = $"{_connection};Password=of-the-lab" };
        using DklProcess dkl = DklProcess.Start(_folder.Parent, environment, arguments);
        await dkl.EndAsync();

        dkl.ExitCode.Should().Be(0, dkl.Error);
        (dkl.Out + dkl.Error).Should().NotContain("of-the-lab");
        foreach (string file in Directory.EnumerateFiles(_folder.Run, "*", SearchOption.AllDirectories))
        {
            File.ReadAllText(file).Should().NotContain("of-the-lab", "{0} may be passed on", file)
                .And.NotContain("Search Path=", "{0} may be passed on", file);
        }
    }

    [PostgresFact]
    public async Task A_server_that_is_not_there_is_named_and_no_run_folder_is_left()
    {
        using DklProcess dkl = await DklProcess.RunAsync(
            _folder.Parent, "run", _folder.WriteRecipe(), "--out", _folder.Run,
            "--set", "journal.store=postgresql", "--set", "journal.connection=Host=/nowhere;Database=dkl;Username=dkl");

        dkl.ExitCode.Should().Be(1);
        dkl.Error.Should().StartWith("dkl: The journal dkl on /nowhere cannot be opened").And.NotContain("   at ");
        Directory.Exists(_folder.Run).Should().BeFalse();
    }

    private string[] Arguments(string recipe, RunFolderOnDisk? folder = null) =>
    [
        "run", recipe, "--out", (folder ?? _folder).Run, "--json",
        "--set", "journal.store=postgresql", "--set", $"journal.connection={_connection}",
    ];

    private IReadOnlyList<JournalEvent> Events() =>
        [.. PostgresJournal.Open(_connection, RunId, _folder.Run).Read(RunId).Select(stored => stored.Event)];

    private async Task WaitForFramesAsync(int count)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (FramesNow() < count)
        {
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(Patience);
            await Task.Delay(Glance, TimeProvider.System);
        }

        int FramesNow()
        {
            try
            {
                return Events().OfType<FrameRecorded>().Count();
            }
            catch (Exception exception) when (exception is IOException or JournalException)
            {
                return 0; // The run has not begun.
            }
        }
    }
}
