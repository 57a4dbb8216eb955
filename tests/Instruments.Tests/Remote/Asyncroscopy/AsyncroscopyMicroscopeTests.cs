using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote;
using DklActors.Instruments.Remote.Asyncroscopy;
using DklActors.Instruments.Tests.Remote.Bridge;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Tests.Remote.Asyncroscopy;

/// <summary>A microscope behind asyncroscopy, with the habits of its servers.</summary>
public sealed class AsyncroscopyMicroscopeTests
{
    [Fact]
    public async Task It_is_surveyed_placed_and_measured_by_the_commands_of_its_clients()
    {
        await using var server = new AsyncroscopyServer();
        using var microscope = new AsyncroscopyMicroscope(OptionsOf(server), TimeProvider.System);
        await microscope.BeginAsync("run", CancellationToken.None);

        StructuralImage image = await microscope.Survey.AcquireAsync(CancellationToken.None);
        await microscope.Probe.MoveAsync(new ProbePosition(15.5, 7.5), CancellationToken.None);
        Frame frame = await microscope.MeasureAsync();

        image.Shape.Should().Be(new GridShape(32, 32));
        frame.Should().BeOfType<SpectrumFrame>().Which.Counts.ToArray().Should().Equal(
            Enumerable.Range(0, 64).Select(static i => (float)i));
        (await microscope.Probe.ReadBackAsync(CancellationToken.None)).Should().Be(new ProbePosition(15.5, 7.5));
        server.Log.Should().Equal(
            "AS_get_status",
            "Gatan_get_status",
            "AS_unblank_beam duration=0",
            "AS_get_scanned_image scanning_detector=HAADF size=32 dwell_time=1E-06",
            "AS_blank_beam",
            "AS_place_beam x=0.25 y=0.5",
            "AS_unblank_beam duration=0",
            "Gatan_get_spectrum size=64",
            "AS_blank_beam");
    }

    [Fact]
    public async Task A_blanking_that_is_answered_with_the_known_traceback_is_done_and_any_other_is_not()
    {
        await using var server = new AsyncroscopyServer();
        using var microscope = new AsyncroscopyMicroscope(OptionsOf(server), TimeProvider.System);
        microscope.Beam.Unblank();
        server.On["AS_blank_beam"] = static () => AsyncroscopyServer.Raw(
            "Traceback (most recent call last):\n  …\nRuntimeError: no connection to the microscope\n");

        microscope.Invoking(it => it.Beam.Blank()).Should().Throw<InstrumentException>()
            .WithMessage("*RuntimeError: no connection to the microscope*");
        microscope.Beam.IsBlanked.Should().BeFalse();

        server.On["AS_blank_beam"] = static () => AsyncroscopyServer.Raw(AsyncroscopyServer.BlankTraceback);
        microscope.Beam.Blank();
        microscope.Beam.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public async Task A_refused_scan_is_a_bare_None_and_the_beam_is_blanked()
    {
        await using var server = new AsyncroscopyServer();
        using var microscope = new AsyncroscopyMicroscope(OptionsOf(server), TimeProvider.System);
        server.On["AS_get_scanned_image"] = static () => AsyncroscopyServer.Raw("None");

        Func<Task> survey = () => microscope.Survey.AcquireAsync(CancellationToken.None).AsTask();

        (await survey.Should().ThrowAsync<InstrumentException>().WithMessage("*refused*"))
            .Which.FaultClass.Should().Be(FaultClass.Permanent);
        server.IsBlanked.Should().BeTrue();
    }

    [Theory]
    [InlineData("Traceback (most recent call last):\nValueError: bad", "*ValueError: bad*")]
    [InlineData("[str,22][Central ERROR] timeout", "*Central ERROR*")]
    [InlineData("[float32,63]", "*of float32 ?63?*")]
    [InlineData("[complex64,64]", "*of complex64*")]
    [InlineData("[float32,64]abc", "*3 bytes*")]
    [InlineData("[float32,-64]", "*failed at*")]
    [InlineData("[float32,99999999999]", "*failed at*")]
    [InlineData("", "*failed at*")]
    public async Task What_is_no_spectrum_is_not_taken_for_one(string answer, string words)
    {
        await using var server = new AsyncroscopyServer();
        using var microscope = new AsyncroscopyMicroscope(OptionsOf(server), TimeProvider.System);
        server.On["Gatan_get_spectrum"] = () => AsyncroscopyServer.Raw(answer);

        Func<Task> measure = () => microscope.MeasureAsync();

        await measure.Should().ThrowAsync<InstrumentException>().WithMessage(words);
        server.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public async Task A_blanker_of_the_lab_takes_the_place_of_commands_that_nobody_reads_back()
    {
        await using var server = new AsyncroscopyServer();
        var blanker = new Blanker();
        using var microscope = new AsyncroscopyMicroscope(
            OptionsOf(server) with { Blanker = blanker }, TimeProvider.System);

        microscope.Check().Should().NotContain(warning => warning.Contains("Nothing reads the beam back"));
        microscope.Beam.Unblank();

        microscope.Beam.IsBlanked.Should().BeFalse();
        microscope.Beam.Blank();
        blanker.IsBlanked.Should().BeTrue();
        server.Log.Should().NotContain(command => command.Contains("blank"));
    }

    [Fact]
    public async Task A_check_says_what_nobody_reads_back()
    {
        await using var server = new AsyncroscopyServer();
        server.On["AS_get_status"] = static () => AsyncroscopyServer.Text("Microscope is Offline");
        using var microscope = new AsyncroscopyMicroscope(OptionsOf(server), TimeProvider.System);

        microscope.Check().Should().Contain(warning => warning.Contains("Nothing reads the beam back"))
            .And.Contain(warning => warning.Contains("Nothing reads the probe back"))
            .And.Contain(warning => warning.Contains("Microscope is Offline"));
        server.Log.Should().NotContain(command => command.Contains("unblank") || command.Contains("place"));
    }

    [Fact]
    public async Task A_scan_that_is_not_square_names_the_key()
    {
        await using var server = new AsyncroscopyServer();

        Action open = () => new AsyncroscopyMicroscope(
            OptionsOf(server) with { Size = new GridShape(32, 48) }, TimeProvider.System).Dispose();

        open.Should().Throw<MisfitException>().Which.Key.Should().Be("columns");
    }

    private static AsyncroscopyOptions OptionsOf(AsyncroscopyServer server) => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Channel = "HAADF",
        Size = new GridShape(32, 32),
        SurveyDwell = TimeSpan.FromMicroseconds(1),
        SpectrumSize = 64,
        Current = new BeamCurrent(50),
        PixelSize = new Nanometre(0.5),
        EnergyOrigin = new ElectronVolt(0),
        EnergyDispersion = new ElectronVolt(0.1),
        Dwell = BridgeSetup.Dwell,
    };

    private sealed class Blanker : IBeam
    {
        public bool IsBlanked { get; private set; } = true;

        public void Unblank() => IsBlanked = false;

        public void Blank() => IsBlanked = true;
    }
}
