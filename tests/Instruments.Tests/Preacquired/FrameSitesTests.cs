using DklActors.Instruments.Files;
using DklActors.Instruments.Preacquired;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Preacquired;

/// <summary>Frames that are not one a pixel: on a coarser grid, at listed places, and of one number.</summary>
public sealed class FrameSitesTests : IDisposable
{
    private const string SpectrumImage = "si_eels_interface/SI-EELS.dm3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_frame_of_a_coarser_grid_is_found_from_every_pixel_of_its_block()
    {
        PreacquiredData data = PreacquiredData.Open(Source(
            writer => writer.Add<float>("frames", [2, 3, 2], Ramp(12)), rows: 4, columns: 9) with
        {
            Energy = new EnergyAxisSource.Given(new ElectronVolt(0), new ElectronVolt(1)),
        });

        // Blocks of 2 × 3 pixels: the middle of an even edge is the pixel after it.
        data.Sites.Extent.Should().Be(new GridShape(2, 3));
        data.Sites.Points.Should().Equal(
            new GridPoint(1, 1), new(1, 4), new(1, 7), new(3, 1), new(3, 4), new(3, 7));
        using PreacquiredMicroscope microscope = Microscope(data);
        foreach (int pixel in Enumerable.Range(0, 36))
        {
            GridPoint point = data.Image.Shape.PointAt(pixel);
            int frame = (point.Row / 2 * 3) + (point.Column / 3);
            microscope.FrameAt(point).Counts.ToArray().Should().Equal([2 * frame, (2 * frame) + 1], "of {0}", point);
        }
    }

    [Fact]
    public void Listed_values_are_found_at_their_places_and_near_them()
    {
        PreacquiredData data = PreacquiredData.Open(Listed([10.5f, -3f, 0f], [0, 0, 3, 4, 2, 1]));

        data.PatternShape.Should().Be(new GridShape(1, 1));
        data.EnergyAxis.Should().BeNull();
        data.Sites.Points.Should().Equal(new GridPoint(0, 0), new(3, 4), new(2, 1));
        using PreacquiredMicroscope microscope = Microscope(data);
        microscope.Sites.Should().Equal(data.Sites.Points);
        ValueAt(microscope, 3, 4).Should().Be(-3);
        ValueAt(microscope, 3, 3).Should().Be(-3);
        ValueAt(microscope, 2, 1).Should().Be(0);
        ValueAt(microscope, 0, 1).Should().Be(10.5f);
        microscope.Description.Should().EndWith("(4×5 px, 3 places)");
    }

    [Fact]
    public void A_list_may_pick_places_of_frames_stored_for_every_pixel()
    {
        PreacquiredData data = PreacquiredData.Open(Source(writer =>
        {
            writer.Add<float>("frames", [4, 5], Ramp(20));
            writer.Add<int>("positions", [2, 2], [3, 4, 1, 0]);
        }) with
        { PositionsArray = "positions" });

        using PreacquiredMicroscope microscope = Microscope(data);
        data.Sites.Count.Should().Be(2);
        ValueAt(microscope, 3, 4).Should().Be(19);
        ValueAt(microscope, 1, 0).Should().Be(5);
        ValueAt(microscope, 1, 1).Should().Be(5);
    }

    [Fact]
    public void Spectra_can_be_listed_too()
    {
        PreacquiredSource source = Listed([2, 3], [3, 4, 1, 0]) with
        {
            Energy = new EnergyAxisSource.Given(new ElectronVolt(5), new ElectronVolt(1)),
        };

        using PreacquiredMicroscope microscope = Microscope(PreacquiredData.Open(source));

        microscope.EnergyAxis!.Channels.Should().Be(3);
        microscope.FrameAt(new GridPoint(1, 0)).Counts.ToArray().Should().Equal(3, 4, 5);
    }

    [Fact]
    public void And_patterns()
    {
        using PreacquiredMicroscope microscope =
            Microscope(PreacquiredData.Open(Listed([2, 3, 2], [3, 4, 1, 0])));

        PatternFrame pattern = microscope.FrameAt(new GridPoint(1, 0)).Should().BeOfType<PatternFrame>().Subject;
        pattern.Shape.Should().Be(new GridShape(3, 2));
        pattern.Counts.ToArray().Should().Equal(6, 7, 8, 9, 10, 11);
    }

    [Fact]
    public void A_truth_is_scored_against_and_never_measured()
    {
        PreacquiredSource source = Listed([10f, 20f, 30f], [0, 0, 3, 4, 2, 1], ("truth", [11, 21, 31])) with
        {
            TruthArray = "truth",
        };

        using PreacquiredMicroscope microscope = Microscope(PreacquiredData.Open(source));

        GridPoint place = new(3, 4);
        microscope.IsNoiseFree.Should().BeTrue();
        microscope.FrameAt(place).Counts.ToArray().Should().Equal(21);
        microscope.MeasuredAt(place, seed: 3).Counts.ToArray().Should().Equal(20);
    }

    [Theory]
    [InlineData(new[] { 2, 0 }, new[] { 2 })]
    [InlineData(new[] { 2, 1, 0, 0 }, new[] { 2, 2 })]
    public void Seed_points_are_named_by_number_or_by_place(int[] values, int[] shape)
    {
        string path = Write(writer =>
        {
            writer.Add<float>("image", [4, 5], Ramp(20));
            writer.Add<float>("frames", [3], [1, 2, 3]);
            writer.Add<int>("positions", [3, 2], [0, 0, 3, 4, 2, 1]);
            writer.Add<int>("seeds", shape, values);
        });
        PreacquiredSource source = SourceOf(path) with { PositionsArray = "positions", SeedsArray = "seeds" };

        PreacquiredData.Open(source).SeedPoints.Should().Equal(new GridPoint(2, 1), new GridPoint(0, 0));
    }

    [Fact]
    public void The_image_may_lie_in_another_file()
    {
        string image = Write(static writer => writer.Add<float>("picture", [1, 2], [7, 8]), "image.npz");
        string frames = Write(static writer => writer.Add<float>("frames", [1, 2], [1, 2]), "frames.npz");
        PreacquiredSource source = new(frames, "picture", "frames", new PixelSizeSource.Given(new Nanometre(1)));

        PreacquiredData.Open(source with { ImagePath = image }).Image.Values.ToArray().Should().Equal(7, 8);
        FluentActions.Invoking(() => PreacquiredData.Open(source)).Should().Throw<DataFileException>()
            .WithMessage($"{frames}, array 'picture': there is no such array*");
    }

    [SharedDataFact(SpectrumImage)]
    public void The_real_spectrum_image_lies_on_its_image_in_blocks_of_32_pixels()
    {
        PreacquiredData data = PreacquiredData.Open(new PreacquiredSource(
            SharedData.PathOf(SpectrumImage), "data", "data", new PixelSizeSource.Given(new Nanometre(1)))
        {
            ImagePath = SharedData.PathOf("si_eels_interface/SI-HAADF.dm3"),
            Energy = new EnergyAxisSource.FromArray("energy", EnergyUnit.ElectronVolt),
        });

        data.Image.Channel.Should().Be("06-HAADF");
        data.Sites.Extent.Should().Be(new GridShape(32, 32));
        data.Sites.Count.Should().Be(294);
        data.Sites[0].Should().Be(new GridPoint(16, 16));
        data.Sites[293].Should().Be(new GridPoint((48 * 32) + 16, (5 * 32) + 16));
        data.EnergyAxis.Should().Be(new EnergyAxis(new ElectronVolt(350), new ElectronVolt(0.5), 1024));
        using PreacquiredMicroscope microscope = Microscope(data);
        // Computed with NumPy from the same file: spectrum (10, 3), channel 500.
        microscope.FrameAt(new GridPoint((10 * 32) + 31, 3 * 32)).Counts.Span[500].Should().Be(1533);
    }

    private PreacquiredSource Listed(int[] shape, int[] positions) => Source(writer =>
    {
        writer.Add<float>("frames", shape, Ramp(shape.Aggregate(1, static (product, next) => product * next)));
        writer.Add<int>("positions", [positions.Length / 2, 2], positions);
    }) with
    { PositionsArray = "positions" };

    private PreacquiredSource Listed(float[] values, int[] positions, params (string Name, float[] Values)[] more) =>
        Source(writer =>
        {
            writer.Add<float>("frames", [values.Length], values);
            writer.Add<int>("positions", [positions.Length / 2, 2], positions);
            foreach ((string name, float[] others) in more)
            {
                writer.Add<float>(name, [others.Length], others);
            }
        }) with
        { PositionsArray = "positions" };

    private PreacquiredSource Source(Action<NpzWriter> add, int rows = 4, int columns = 5) => SourceOf(Write(writer =>
    {
        writer.Add<float>("image", [rows, columns], Ramp(rows * columns));
        add(writer);
    }));

    private static PreacquiredSource SourceOf(string path) =>
        new(path, "image", "frames", new PixelSizeSource.Given(new Nanometre(1)));

    private string Write(Action<NpzWriter> add, string name = "data.npz") => _folder.WriteNpz(name, add);

    private static PreacquiredMicroscope Microscope(PreacquiredData data) => new(
        data,
        new PreacquiredOptions(new CountsMode.Recorded(), new BeamCurrent(10), Seed: 1),
        new VirtualTiming(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero),
        new ManualTimeProvider());

    private static float ValueAt(PreacquiredMicroscope microscope, int row, int column) =>
        microscope.FrameAt(new GridPoint(row, column)).Counts.ToArray().Should().ContainSingle().Subject;

    private static float[] Ramp(int length) => [.. Enumerable.Range(0, length).Select(static i => (float)i)];
}
