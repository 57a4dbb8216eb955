using DklActors.Instruments.Files;

namespace DklActors.Instruments.Tests.Files;

public sealed class NpyWriterTests
{
    [Fact]
    public void It_writes_the_bytes_that_numpy_writes()
    {
        using MemoryStream stream = new();

        NpyWriter.Write<float>(stream, [4], [0, 1, 2, 3]);

        byte[] ours = stream.ToArray(), theirs = NumpyFiles.Version1;
        // NumPy leaves room for a growing first dimension, so the padding may differ; everything else may not.
        ours.AsSpan(^16).SequenceEqual(theirs.AsSpan(^16)).Should().BeTrue();
        ours.AsSpan(0, 8).SequenceEqual(theirs.AsSpan(0, 8)).Should().BeTrue();
        HeaderOf(ours).Should().Be(HeaderOf(theirs));
        ((ours.Length - 16) % 64).Should().Be(0, "the data are aligned to 64 bytes");
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        using MemoryStream stream = new();
        NpyWriter.Write<ushort>(stream, [2, 1, 2], [1, 2, 3, 65535]);
        stream.Position = 0;

        DataArray array = NpyReader.Read(stream, stream.Length, "memory", null);

        array.Shape.Should().Equal(2, 1, 2);
        array.ElementType.Should().Be("<u2");
        array.ToDoubles().Should().Equal(1, 2, 3, 65535);
    }

    [Fact]
    public void Values_that_do_not_fill_the_shape_are_refused() =>
        FluentActions.Invoking(() => NpyWriter.Write<float>(new MemoryStream(), [2, 2], [1, 2, 3]))
            .Should().Throw<ArgumentException>().WithMessage("*3 values*(2, 2)*");

    [Fact]
    public void An_array_written_in_pieces_is_the_array_written_at_once()
    {
        ReadOnlyMemory<float>[] pieces = [new float[] { 1, 2 }, new float[] { 3 }, new float[] { 4, 5, 6 }];
        ArchiveOf(npz => npz.AddPieces("a", [3, 2], pieces)).Should()
            .Equal(ArchiveOf(npz => npz.Add<float>("a", [3, 2], [1, 2, 3, 4, 5, 6])));
        FluentActions.Invoking(() => ArchiveOf(npz => npz.AddPieces("a", [2, 2], pieces)))
            .Should().Throw<ArgumentException>().WithMessage("*6 values*(2, 2)*");

        static byte[] ArchiveOf(Action<NpzWriter> write)
        {
            using MemoryStream stream = new();
            using (NpzWriter npz = new(stream))
            {
                write(npz);
            }

            return stream.ToArray();
        }
    }

    private static string HeaderOf(byte[] file) =>
        System.Text.Encoding.ASCII.GetString(file, 10, file.Length - 26).TrimEnd();
}
