using DklActors.Reliability.Failpoints;
using DklActors.Reliability.Processes;

namespace DklActors.Reliability.Faults;

/// <summary>The disk fills at each step by which something becomes durable, and later has room again.</summary>
public sealed class FullDiskTests : IDisposable
{
    // Enough for the tables and the first points, not for the last: a run of seven points has 14.
    private const int Pages = 9;

    private readonly BrokenRun _run = new(TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(400));

    public static TheoryData<string> Steps =>
    [
        .. Enum.GetValues<FileStep>().Select(step => Failpoint.File("frame", step)),
        Failpoint.File("image", FileStep.Torn),
        Failpoint.File("model", FileStep.Torn),
    ];

    public void Dispose() => _run.Dispose();

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Where_a_content_finds_no_space_the_run_ends_safely_and_goes_on_when_there_is_room(string step)
    {
        using VictimProcess full = await _run.RunAsync(
            it => it with { FullAt = step, Passing = step.StartsWith("frame", StringComparison.Ordinal) ? 3 : 1 });

        await RequireSafeEndAndResumptionAsync(full, "No space left on device");
    }

    [Fact]
    public async Task Where_the_journal_finds_no_space_the_run_ends_safely_and_goes_on_when_there_is_room()
    {
        using VictimProcess full = await _run.RunAsync(it => it with { MostPages = Pages });

        await RequireSafeEndAndResumptionAsync(full, "database or disk is full");
    }

    private async Task RequireSafeEndAndResumptionAsync(VictimProcess full, string reason)
    {
        full.ExitCode.Should().Be(1, full.Error + full.Out);
        full.Error.Should().Contain(reason).And.Contain("free space").And.Contain("resume the run")
            .And.NotContain("'..", "a reason that ends with a full stop needs no other");
        _run.RequirePromises();

        using VictimProcess resumed = await _run.RunAsync();

        resumed.ExitCode.Should().Be(0, resumed.Error);
        _run.RequireCompletion();
    }
}
