using System.IO.Compression;
using System.Text.Json;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.Diagnosing;

public sealed class DoctorTests : IDisposable
{
    private readonly RunFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_machine_in_order_is_told_so_and_nothing_is_left_in_its_folder()
    {
        string data = Directory.CreateDirectory(Path.Combine(_folder.Parent, "data")).FullName;

        using DklProcess doctor = await DklProcess.RunAsync(_folder.Parent, "doctor", "--data", data, "--json");

        doctor.ExitCode.Should().Be(0, doctor.Out);
        FindingsOf(doctor).Should().ContainKeys("program", "runtime", "SQLite", "disk space", "writing");
        FindingsOf(doctor)["database files"].Verdict.Should().Be("ok");
        Directory.EnumerateFileSystemEntries(data).Should().BeEmpty();
    }

    [Fact]
    public async Task Open_tokens_a_daemon_that_was_killed_and_a_beam_that_is_on_are_found()
    {
        string data = Directory.CreateDirectory(Path.Combine(_folder.Parent, "data")).FullName;
        string tokens = Path.Combine(data, "tokens.json");
        File.WriteAllText(tokens, """{"observer":"secret-of-observer","controller":"secret-of-controller"}""");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(tokens, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        File.WriteAllText(
            Path.Combine(data, "daemon.json"), $$"""{"url":"http://127.0.0.1:1/","processId":{{int.MaxValue}}}""");
        string line = Path.Combine(_folder.Parent, "line");
        File.WriteAllText(line, "unblanked\n");
        File.WriteAllText(Path.Combine(data, "blankers.txt"), $"file:{line}\n");
        string logs = Directory.CreateDirectory(Path.Combine(data, "logs")).FullName;
        File.WriteAllText(Path.Combine(logs, "dkl.log"), "before secret-of-controller after; Password=hunter2;x");
        string bundle = Path.Combine(_folder.Parent, "bundle.zip");

        using DklProcess doctor = await DklProcess.RunAsync(
            _folder.Parent, "doctor", "--data", data, "--json", "--bundle", bundle);

        doctor.ExitCode.Should().Be(1);
        Dictionary<string, (string Verdict, string Found)> findings = FindingsOf(doctor);
        findings["daemon"].Should().Match<(string Verdict, string Found)>(it => it.Found.Contains("is gone"));
        findings["beam"].Should().Match<(string Verdict, string Found)>(
            it => it.Verdict == "trouble" && it.Found.Contains("THE BEAM IS ON"));
        findings["tokens"].Verdict.Should().Be(OperatingSystem.IsWindows() ? "ok" : "trouble");
        string everything = TextIn(bundle);
        everything.Should().Contain("before (hidden) after").And.NotContain("secret-of").And.NotContain("hunter2");
        File.ReadAllText(line).Should().StartWith("unblanked", "a doctor looks and does nothing");
    }

    [Fact]
    public async Task A_run_is_looked_at_from_lock_to_summary_and_goes_into_a_bundle_without_frames()
    {
        using DklProcess run = await DklProcess.RunAsync(
            _folder.Parent, "run", _folder.WriteRecipe(measurements: 1), "--out", _folder.Run);
        string bundle = Path.Combine(_folder.Parent, "bundle.zip");

        using DklProcess doctor = await DklProcess.RunAsync(
            _folder.Parent, "doctor", _folder.Run, "--bundle", bundle);
        using DklProcess machines = await DklProcess.RunAsync(_folder.Parent, "doctor", _folder.Run, "--json");

        doctor.ExitCode.Should().Be(0, doctor.Out);
        doctor.Out.Should().Contain("all intact").And.Contain("completed, 6 points measured");
        FindingsOf(machines).Values.Should().NotContain(finding => finding.Verdict == "trouble");
        using ZipArchive zip = ZipFile.OpenRead(bundle);
        zip.Entries.Select(entry => entry.FullName).Should().Contain("run/recipe.yaml").And.Contain("run/summary.json")
            .And.Contain("run/run.log").And.Contain("findings.json").And.NotContain(name => name.Contains("frames"));
        TextIn(bundle).Should().Contain(nameof(FrameRecorded).Replace("R", "-r").ToLowerInvariant());
    }

    [Fact]
    public async Task A_run_that_was_killed_is_told_to_go_on_and_a_damaged_one_to_be_restored()
    {
        using DklProcess run = DklProcess.Start(
            _folder.Parent, "run", _folder.WriteRecipe("400 ms", 200), "--out", _folder.Run, "--json");
        await _folder.WaitForAsync<FrameRecorded>(2);
        using DklProcess during = await DklProcess.RunAsync(_folder.Parent, "doctor", _folder.Run);
        await run.KillAsync();

        using DklProcess after = await DklProcess.RunAsync(_folder.Parent, "doctor", _folder.Run);
        foreach (string frame in Directory.EnumerateFiles(Path.Combine(_folder.Run, "frames"), "*",
            SearchOption.AllDirectories))
        {
            File.Delete(frame);
        }

        using DklProcess damaged = await DklProcess.RunAsync(_folder.Parent, "doctor", _folder.Run);

        during.ExitCode.Should().Be(0, during.Out);
        during.Out.Should().Contain("a process is at work on it");
        after.ExitCode.Should().Be(0, after.Out);
        after.Out.Should().Contain("its process is gone").And.Contain("--resume");
        damaged.ExitCode.Should().Be(1);
        damaged.Out.Should().Contain("TROUBLE").And.Contain("not intact").And.Contain("restore a backup");
    }

    [Fact]
    public async Task A_folder_without_a_run_is_said_to_have_none()
    {
        using DklProcess doctor = await DklProcess.RunAsync(_folder.Parent, "doctor", _folder.Parent);

        doctor.ExitCode.Should().Be(1);
        doctor.Out.Should().Contain("holds no run");
    }

    private static Dictionary<string, (string Verdict, string Found)> FindingsOf(DklProcess doctor)
    {
        using var document = JsonDocument.Parse(doctor.Out);
        return document.RootElement.EnumerateArray().ToDictionary(
            finding => finding.GetProperty("what").GetString()!,
            finding => (finding.GetProperty("verdict").GetString()!, finding.GetProperty("found").GetString()!));
    }

    private static string TextIn(string bundle)
    {
        using ZipArchive zip = ZipFile.OpenRead(bundle);
        return string.Concat(zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        }));
    }
}
