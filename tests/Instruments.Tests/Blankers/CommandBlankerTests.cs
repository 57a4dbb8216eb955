using DklActors.Instruments.Blankers;
using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Tests.Blankers;

/// <summary>Shell scripts in the part of a lab's program.</summary>
public sealed class CommandBlankerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_program_is_asked_to_blank_to_unblank_and_for_the_state()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        CommandBlanker blanker = Of("""
            case "$1" in
              state) cat "$0.state" ;;
              *) echo "$1ed" > "$0.state" ;;
            esac
            """);

        blanker.Unblank();
        blanker.IsBlanked.Should().BeFalse();
        blanker.Blank();
        blanker.IsBlanked.Should().BeTrue();
    }

    [Theory]
    [InlineData("exit 3", "*'blank' ended with 3*")]
    [InlineData("sleep 600", "*'blank' took longer than*")]
    public void A_program_that_fails_or_hangs_is_lost(string script, string message)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Of(script).Invoking(it => it.Blank()).Should().Throw<InstrumentException>().WithMessage(message);
    }

    [Fact]
    public void A_program_that_says_nothing_of_the_state_is_not_taken_for_blanked()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        CommandBlanker blanker = Of("exit 0", TimeSpan.FromSeconds(30));

        FluentActions.Invoking(() => blanker.IsBlanked).Should().Throw<InstrumentException>()
            .WithMessage("*'state' printed ''*");
    }

    [Fact]
    public void A_program_that_is_not_there_is_lost() =>
        new CommandBlanker(Path.Combine(_folder.Path, "absent")).Invoking(it => it.Blank())
            .Should().Throw<InstrumentException>().WithMessage("*cannot be started*");

    private CommandBlanker Of(string script, TimeSpan? deadline = null)
    {
        string path = Path.Combine(_folder.Path, "blanker.sh");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return new CommandBlanker(path, deadline ?? TimeSpan.FromSeconds(script.Contains("sleep") ? 1 : 30));
    }
}
