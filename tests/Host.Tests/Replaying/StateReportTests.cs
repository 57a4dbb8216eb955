using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Replaying;
using DklActors.Host.Running;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Tests.Replaying;

/// <summary>A run as it was, after each of its events.</summary>
public sealed class StateReportTests
{
    [Fact]
    public async Task After_every_event_the_state_is_the_fold_of_the_events_up_to_it()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe("20 ms", 6), "--out", folder.Run, "--json");
        dkl.ExitCode.Should().Be(0, dkl.Error);
        var run = RecordedRun.Open(folder.Run, TimeProvider.System);
        RunDesign design = run.Design();
        StoredEvent[] events = [.. run.Journal.Read(run.Stream)];

        for (int count = 1; count <= events.Length; count++)
        {
            RunRecord record = BeliefHistory.Until(run, design, null, events[count - 1].Ordering, note =>
                throw new InvalidOperationException(note));
            StateReport report = StateReport.Of(record, design.Settings.Plan.Total);

            JournalEvent[] past = [.. events.Take(count).Select(stored => stored.Event)];
            var state = ExperimentState.Fold(past);
            report.At.Should().Be(events[count - 1].Ordering);
            report.State.Should().Be(state.Run);
            report.Measured.Should().Be(past.OfType<FrameRecorded>().Count());
            report.Total.Should().Be(11);
            report.Electrons.Should().Be(state.Dose.SettledElectrons);
            report.ReservedElectrons.Should().Be(state.Dose.ReservedElectrons);
            report.Stages.Values.Sum().Should().Be(past.OfType<PointPlanned>().Count());
            report.Pending.Select(place => place.Point).Should().Equal(
                past.OfType<PointPlanned>().Select(planned => planned.Point)
                    .Except(past.OfType<PointScalarized>().Select(scalarized => scalarized.Point))
                    .Select(point => point.Value));
            report.ModelVersion.Should().Be(past.OfType<ModelTrained>().LastOrDefault()?.Version ?? 0);
            double[] usable =
            [
                .. past.OfType<PointScalarized>().Where(point => point.Scalar.Quality != ScalarQuality.Bad)
                    .Select(point => point.Scalar.Value),
            ];
            report.ModelAge.Should().Be(
                usable.Length - (past.OfType<ModelTrained>().LastOrDefault()?.Observations ?? 0));
            report.Best.Should().Be(usable.Length == 0 ? null : usable.Max());
            report.Last.Select(last => last.Ordering).Should().Equal(
                events.Take(count).TakeLast(10).Select(stored => stored.Ordering));
            (record.Posterior is null).Should().Be(state.Model is null);
        }
    }
}
