using DklActors.Instruments.Blankers;
using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Tests.Blankers;

public sealed class FileBlankerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Line => Path.Combine(_folder.Path, "line");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_one_process_does_to_the_line_another_one_reads_back()
    {
        var one = new FileBlanker(Line);
        var other = new FileBlanker(Line);

        other.IsBlanked.Should().BeTrue("without a line there is no beam");
        one.Unblank();
        other.IsBlanked.Should().BeFalse();
        other.Blank();
        one.IsBlanked.Should().BeTrue();
        File.ReadAllText(Line).Trim().Should().Be("blanked");
    }

    [Fact]
    public void A_line_that_says_something_else_is_lost_and_not_taken_for_blanked()
    {
        File.WriteAllText(Line, "perhaps");

        Func<bool> read = () => new FileBlanker(Line).IsBlanked;

        read.Should().Throw<InstrumentException>().WithMessage("*neither 'blanked' nor 'unblanked'*");
        new FileBlanker(Line).Blank();
        read().Should().BeTrue();
    }

    [Fact]
    public void A_line_that_cannot_be_written_says_so()
    {
        var blanker = new FileBlanker(Path.Combine(Line, "below", "a", "file"));

        blanker.Invoking(it => it.Blank()).Should().Throw<InstrumentException>().WithMessage("*does not answer*");
    }
}
