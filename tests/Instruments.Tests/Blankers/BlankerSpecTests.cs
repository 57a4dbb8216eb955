using DklActors.Instruments.Blankers;

namespace DklActors.Instruments.Tests.Blankers;

public sealed class BlankerSpecTests
{
    [Theory]
    [InlineData("file:a/b", BlankerKind.File, "a/b")]
    [InlineData(" command : line.cmd", BlankerKind.Command, "line.cmd")]
    public void A_text_names_a_kind_and_a_path(string text, BlankerKind kind, string path)
    {
        BlankerSpec.TryParse(text, out BlankerSpec? spec).Should().BeTrue();

        spec.Should().Be(new BlankerSpec(kind, path));
        BlankerSpec.TryParse(spec!.ToString(), out BlankerSpec? again).Should().BeTrue();
        again.Should().Be(spec);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("line")]
    [InlineData("file:")]
    [InlineData("tcp:host")]
    public void Anything_else_names_none(string? text) => BlankerSpec.TryParse(text, out _).Should().BeFalse();
}
