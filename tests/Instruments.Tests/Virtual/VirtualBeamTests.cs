using DklActors.Instruments.Blankers;
using DklActors.Instruments.Virtual;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Virtual;

public sealed class VirtualBeamTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public void It_starts_blanked_and_disposal_blanks_it()
    {
        TestMicroscope microscope = TestMicroscope.Make();
        microscope.Beam.IsBlanked.Should().BeTrue();

        microscope.Beam.Unblank();
        microscope.Beam.IsBlanked.Should().BeFalse();
        microscope.Dispose();

        microscope.Beam.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public void A_blanker_outside_takes_the_place_of_the_one_within_and_others_blank_it_too()
    {
        using var folder = new TemporaryFolder();
        using TestMicroscope microscope = TestMicroscope.Make();
        string path = Path.Combine(folder.Path, "line");
        microscope.Wire(new FileBlanker(path));
        File.Exists(path).Should().BeFalse("nothing is done to the beam yet");

        microscope.Beam.Unblank();
        new FileBlanker(path).IsBlanked.Should().BeFalse();
        microscope.Beam.WasTakenAway.Should().BeFalse();

        new FileBlanker(path).Blank();
        microscope.Beam.IsBlanked.Should().BeTrue();
        microscope.Beam.Blank();

        microscope.Beam.WasTakenAway.Should().BeTrue("an exposure meanwhile had less beam than it was asked for");
        microscope.Beam.Unblank();
        microscope.Beam.WasTakenAway.Should().BeFalse("that was the last time");
    }

    [Fact]
    public void Disposal_leaves_a_line_alone_that_was_not_unblanked_here()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "line");
        TestMicroscope microscope = TestMicroscope.Make();
        microscope.Wire(new FileBlanker(path));
        new FileBlanker(path).Unblank();

        microscope.Dispose();

        new FileBlanker(path).IsBlanked.Should().BeFalse("another run is at work on it");
    }

    [Fact]
    public async Task Every_electron_is_booked_on_the_point_where_the_probe_stood()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        await microscope.Measure(new GridPoint(1, 2), TestMicroscope.Lease(1));
        await microscope.Measure(new GridPoint(1, 2), TestMicroscope.Lease(1, attempt: 2));
        await microscope.Measure(new GridPoint(4, 6), TestMicroscope.Lease(2));

        DeliveredDose dose = microscope.Beam.Delivered;

        double each = TestMicroscope.ElectronsPerDwell;
        dose.TotalElectrons.Should().BeApproximately(3 * each, 1e-3);
        dose.ElectronsAt(new GridPoint(1, 2)).Should().BeApproximately(2 * each, 1e-3);
        dose.ElectronsAt(new GridPoint(4, 6)).Should().BeApproximately(each, 1e-3);
        dose.ElectronsByPoint.ToArray().Sum().Should().BeApproximately(dose.TotalElectrons, 1e-3);
        dose.BeamOnTime.Should().Be(3 * TestMicroscope.Dwell);
    }

    [Fact]
    public void A_beam_left_on_is_seen_before_it_is_blanked()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        microscope.Beam.Unblank();
        microscope.Clock.Advance(TestMicroscope.Dwell);

        microscope.Beam.Delivered.TotalElectrons.Should().BeApproximately(TestMicroscope.ElectronsPerDwell, 1e-3);
        microscope.Beam.Delivered.ElectronsAt(new GridPoint(2, 3))
            .Should().BeGreaterThan(0, "the probe is parked there");
    }

    [Fact]
    public async Task The_survey_spreads_its_dose_over_the_grid_and_ends_blanked()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        await microscope.Finish(microscope.Survey.AcquireAsync(None));

        DeliveredDose dose = microscope.Beam.Delivered;

        microscope.Beam.IsBlanked.Should().BeTrue();
        dose.TotalElectrons.Should().BeApproximately(3.5 * TestMicroscope.ElectronsPerDwell, 1e-3);
        dose.ElectronsByPoint.ToArray().Should().AllSatisfy(electrons =>
            electrons.Should().BeApproximately(3.5 * TestMicroscope.ElectronsPerDwell / 35, 1e-3));
    }

    [Fact]
    public async Task A_cancelled_survey_ends_blanked()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        using CancellationTokenSource cancellation = new();
        Task survey = microscope.Survey.AcquireAsync(cancellation.Token).AsTask();
        microscope.Beam.IsBlanked.Should().BeFalse();
        await cancellation.CancelAsync();

        await ((Func<Task>)(() => survey)).Should().ThrowAsync<OperationCanceledException>();

        microscope.Beam.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public async Task Many_threads_may_blank_and_unblank_at_once_without_losing_an_electron()
    {
        using TestMicroscope microscope = TestMicroscope.Make();
        microscope.Beam.Unblank();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                microscope.Beam.Unblank();
                microscope.Clock.Advance(TimeSpan.FromTicks(1));
            }
        })));
        microscope.Beam.Blank();

        microscope.Beam.Delivered.BeamOnTime.Should().Be(TimeSpan.FromTicks(microscope.Clock.GetTimestamp()));
    }
}
