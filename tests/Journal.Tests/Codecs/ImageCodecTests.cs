using System.Buffers.Binary;
using DklActors.Journal.Codecs;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Journal.Tests.Codecs;

public sealed class ImageCodecTests
{
    private static readonly StructuralImage Image = new(
        "HAADF 80–200 mrad",
        new GridShape(2, 3),
        new Nanometre(0.1 + 0.2),
        new[] { 0, -0f, float.NaN, float.Epsilon, -1.5f, float.MaxValue });

    [Fact]
    public void An_image_keeps_every_bit_its_channel_and_its_scale()
    {
        StructuralImage read = ImageCodec.Read(ImageCodec.Write(Image));

        read.Values.ToArray().Select(BitConverter.SingleToUInt32Bits)
            .Should().Equal(Image.Values.ToArray().Select(BitConverter.SingleToUInt32Bits));
        (read.Channel, read.Shape, read.PixelSize).Should().Be((Image.Channel, Image.Shape, Image.PixelSize));
    }

    [Theory]
    [InlineData(-2, -3)]
    [InlineData(3, 3)]
    [InlineData(int.MinValue, int.MinValue)]
    public void Dimensions_that_do_not_fit_are_refused(int rows, int columns)
    {
        byte[] bytes = ImageCodec.Write(Image).ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), rows);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), columns);

        Reading(bytes).Should().Throw<InvalidDataException>().WithMessage($"*{rows} × {columns}*");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(1)]
    public void A_channel_name_longer_than_the_content_or_cut_is_refused(int length)
    {
        byte[] bytes = ImageCodec.Write(Image).ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), length);

        Reading(bytes).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = ImageCodec.Write(Image).ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            Reading(whole[..length]).Should().Throw<InvalidDataException>();
        }

        Reading([.. whole, 0]).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void Damage_is_refused_or_gives_a_whole_image_and_never_another_error() =>
        Fuzz.Damage(ImageCodec.Write(Image).ToArray(), seed: 3, damaged => ImageCodec.Read(damaged));

    [Fact]
    public void A_frame_is_not_an_image_nor_an_image_a_frame()
    {
        ReadOnlyMemory<byte> frame = FrameCodec.Write(new PatternFrame(new GridShape(1, 1), new float[1]));

        Reading(frame.ToArray()).Should().Throw<InvalidDataException>();
        FluentActions.Invoking(() => FrameCodec.Read(ImageCodec.Write(Image))).Should().Throw<InvalidDataException>();
    }

    private static Action Reading(byte[] bytes) => () => ImageCodec.Read(bytes);
}
