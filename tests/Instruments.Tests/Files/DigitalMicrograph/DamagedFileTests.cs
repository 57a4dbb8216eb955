using DklActors.Instruments.Files;
using DklActors.Instruments.Files.DigitalMicrograph;

namespace DklActors.Instruments.Tests.Files.DigitalMicrograph;

public sealed class DamagedFileTests : IDisposable
{
    private const int Fuzzes = 4000;

    // The end of file is marked with eight zeros, which nobody needs.
    private const int EndMark = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_file_that_ends_too_early_says_so_wherever_it_ends(int version)
    {
        byte[] whole = Whole(version);

        for (int length = 0; length < whole.Length - EndMark; length++)
        {
            string path = _folder.Write("short.dm3", whole.AsSpan(0, length));

            FluentActions.Invoking(() => ReadAll(path)).Should().Throw<DataFileException>("{0} bytes", length)
                .WithMessage($"{path}: *byte*").WithMessage("*; the file is truncated or damaged*");
        }

        ReadAll(_folder.Write("whole.dm3", whole.AsSpan(0, whole.Length - EndMark)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Flipped_bytes_are_read_or_refused_and_nothing_else(int version)
    {
        byte[] whole = Whole(version);
        uint state = 2463534242;
        int refused = 0;
        for (int i = 0; i < Fuzzes; i++)
        {
            byte[] damaged = [.. whole];
            damaged[Next() % (uint)whole.Length] = (byte)Next();
            damaged[Next() % (uint)whole.Length] = (byte)(Next() % 3 * 127);
            string path = _folder.Write("damaged.dm4", damaged);
            try
            {
                ReadAll(path);
            }
            catch (DataFileException exception)
            {
                exception.Message.Should().StartWith(path);
                refused++;
            }
        }

        refused.Should().BeInRange(Fuzzes / 10, Fuzzes);

        // Xorshift (Marsaglia 2003): the same damage on every machine.
        uint Next()
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return state;
        }
    }

    [Fact]
    public void Other_files_are_refused_by_their_first_bytes() =>
        Refusal("PK\u0003\u0004 and so on"u8.ToArray()).Should().Match("*no DigitalMicrograph file*504B0304*");

    [Fact]
    public void Groups_in_groups_end_somewhere()
    {
        TagNode.Group deep = new();
        for (int i = 0; i < 100; i++)
        {
            deep = new TagNode.Group(("", deep));
        }

        Refusal(deep).Should().Match("*at byte*nested more than 64 deep*");
    }

    [Theory]
    [InlineData(new long[] { 20, 7, long.MaxValue / 4 }, "bytes are left")]
    [InlineData(new long[] { 20, 7, -1 }, "bytes are left")]
    [InlineData(new long[] { 20, 20, 20, 20, 7, 1 << 30, 1 << 30, 1 << 30, 1 << 30 }, "bytes are left")]
    [InlineData(new long[] { 15, 0, 1 << 30, 0, 3 }, "ends too early")]
    [InlineData(new long[] { 18 }, "ends too early")]
    [InlineData(new long[] { 77 }, "no type 77")]
    public void Absurd_types_are_refused_before_memory_is_taken(long[] description, string words) =>
        Refusal(new TagNode.Group(("Data", new TagNode.Raw(description, [])))).Should().Contain(words);

    [Fact]
    public void More_tags_than_there_can_be_are_refused()
    {
        byte[] file = new TagWriter(3, false).Write(new TagNode.Group());
        file[14] = 0x7F;

        Refusal(file).Should().Match("*claims 2130706432 tags*");
    }

    [Fact]
    public void Pixels_must_be_as_many_as_the_dimensions_say() =>
        Refusal(SampleImage.Root(SampleImage.Image("scan", [3, 3], 2, new TagNode.Array(6, 1, 2, 3, 4))))
            .Should().Match("*'scan' of 3 × 3 pixels of 4 bytes needs 36 bytes, and 16 are there (at byte*");

    [Fact]
    public void A_file_with_a_thumbnail_alone_holds_no_image() =>
        Refusal(SampleImage.Root()).Should().Match("*no image in it beyond 1 thumbnails*");

    [Fact]
    public void An_image_without_pixels_is_refused() =>
        Refusal(SampleImage.Root(new TagNode.Group(("Name", TagNode.Text("empty")))))
            .Should().Match("*'empty' lacks data, data type*");

    private static byte[] Whole(int version) => new TagWriter(version, false).Write(SampleImage.Root(
        SampleImage.Ramp("scan", [2, 1, 3], (1, 2), SampleImage.Calibration(0, 1, "nm"),
            SampleImage.Calibration(0, 1, "nm"), SampleImage.Calibration(0, 1, "eV"))));

    private static void ReadAll(string path)
    {
        using DigitalMicrographFile file = DigitalMicrographFile.Open(path);
        foreach (string name in file.Names)
        {
            file.Read(name);
        }
    }

    private string Refusal(TagNode.Group root) => Refusal(new TagWriter(4, true).Write(root));

    private string Refusal(byte[] file)
    {
        string path = _folder.Write("bad.dm4", file);
        return FluentActions.Invoking(() => ReadAll(path)).Should().Throw<DataFileException>().Which.Message;
    }
}
