using System.Buffers.Binary;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Journal.Tests.Codecs;

public sealed class FrameCodecTests
{
    private static readonly float[] Awkward =
    [
        0, -0f, 1, float.NaN, BitConverter.UInt32BitsToSingle(0x7F80_0001), float.PositiveInfinity,
        float.NegativeInfinity, float.Epsilon, -1e-41f, float.MaxValue, 16_777_217, 0.1f,
    ];

    [Fact]
    public void A_spectrum_keeps_every_bit_of_counts_and_axis()
    {
        var axis = new EnergyAxis(new ElectronVolt(-0.0), new ElectronVolt(0.1 + 0.2), Awkward.Length);

        var read = (SpectrumFrame)FrameCodec.Read(FrameCodec.Write(new SpectrumFrame(axis, Awkward)));

        BitsOf(read.Counts).Should().Equal(BitsOf(Awkward));
        read.Axis.Should().Be(axis);
        double.IsNegative(read.Axis.Origin.Value).Should().BeTrue();
    }

    [Fact]
    public void A_pattern_keeps_every_bit_and_its_shape()
    {
        var shape = new GridShape(3, 4);

        var read = (PatternFrame)FrameCodec.Read(FrameCodec.Write(new PatternFrame(shape, Awkward)));

        BitsOf(read.Counts).Should().Equal(BitsOf(Awkward));
        read.Shape.Should().Be(shape);
    }

    [Fact]
    public void An_empty_spectrum_survives()
    {
        var axis = new EnergyAxis(new ElectronVolt(1), new ElectronVolt(2), 0);

        FrameCodec.Read(FrameCodec.Write(new SpectrumFrame(axis, default))).Counts.Length.Should().Be(0);
    }

    [Fact]
    public void The_same_frame_has_the_same_hash_and_any_other_another()
    {
        ContentHash first = HashOf(new PatternFrame(new GridShape(3, 4), Awkward));

        HashOf(new PatternFrame(new GridShape(3, 4), (float[])[.. Awkward])).Should().Be(first);
        HashOf(new PatternFrame(new GridShape(4, 3), Awkward)).Should().NotBe(first);
        HashOf(new PatternFrame(new GridShape(3, 4), (float[])[.. Awkward.Reverse()])).Should().NotBe(first);
        HashOf(new SpectrumFrame(new EnergyAxis(default, default, 12), Awkward)).Should().NotBe(first);
    }

    [Fact]
    public void The_stored_form_is_fixed()
    {
        var axis = new EnergyAxis(new ElectronVolt(1), new ElectronVolt(0.5), 2);

        // "FRM1", kind 1, 1 row, 2 columns; 1.0 and 0.5 as float64; 1 and -2 as float32; all little-endian.
        Convert.ToHexString(FrameCodec.Write(new SpectrumFrame(axis, new float[] { 1, -2 })).Span).Should().Be(
            "46524D31" + "01000000" + "01000000" + "02000000" + "000000000000F03F" + "000000000000E03F"
            + "0000803F" + "000000C0");
    }

    [Theory]
    [InlineData(2, 6)] // a spectrum of several rows
    [InlineData(-3, -4)] // whose product fits
    [InlineData(-1, -12)]
    [InlineData(int.MinValue, int.MinValue)] // whose product in bytes overflows to 0
    [InlineData(65_536, 65_536)]
    [InlineData(0, 12)]
    public void Dimensions_that_do_not_fit_are_refused(int rows, int columns)
    {
        byte[] spectrum = FrameCodec.Write(new SpectrumFrame(new EnergyAxis(default, default, 12), Awkward)).ToArray();
        byte[] pattern = FrameCodec.Write(new PatternFrame(new GridShape(3, 4), Awkward)).ToArray();
        foreach (byte[] bytes in new[] { spectrum, pattern, pattern[..32] })
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), rows);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), columns);
        }

        Reading(spectrum).Should().Throw<InvalidDataException>();
        if ((rows, columns) != (2, 6))
        {
            Reading(pattern).Should().Throw<InvalidDataException>();
        }
    }

    [Fact]
    public void Damage_is_refused_or_gives_a_whole_frame_and_never_another_error()
    {
        byte[] whole = FrameCodec.Write(new PatternFrame(new GridShape(3, 4), Awkward)).ToArray();
        Fuzz.Damage(whole, seed: 1, damaged => FrameCodec.Read(damaged));
        byte[] spectrum = FrameCodec.Write(new SpectrumFrame(new EnergyAxis(default, default, 12), Awkward)).ToArray();
        Fuzz.Damage(spectrum, seed: 2, damaged => FrameCodec.Read(damaged));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = FrameCodec.Write(new PatternFrame(new GridShape(3, 4), Awkward)).ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            Reading(whole[..length]).Should().Throw<InvalidDataException>();
        }

        Reading([.. whole, 0]).Should().Throw<InvalidDataException>();
    }

    private static Action Reading(byte[] bytes) => () => FrameCodec.Read(bytes);

    private static ContentHash HashOf(Frame frame) => ContentHash.Of(FrameCodec.Write(frame).Span);

    private static uint[] BitsOf(ReadOnlyMemory<float> values) =>
        [.. values.ToArray().Select(BitConverter.SingleToUInt32Bits)];
}
