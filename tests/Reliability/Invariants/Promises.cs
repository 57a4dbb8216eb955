using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;
using DklActors.Reliability.Columns;
using DklActors.Reliability.Witnesses;

namespace DklActors.Reliability.Invariants;

/// <summary>Looks whether the promises were kept.</summary>
/// <param name="current">Beam current of the instrument.</param>
internal sealed class Promises(BeamCurrent current)
{
    // Of the sums of many small doses.
    private const double Rounding = 1e-9;

    /// <summary>What must hold whenever no process lives.</summary>
    public IEnumerable<Breach> BrokenIn(Evidence evidence) =>
    [
        .. Lost(evidence), .. Broken(evidence), .. Twice(evidence), .. Unintended(evidence), .. Uncharged(evidence),
        .. JournaledUnblanked(evidence),
    ];

    /// <summary>What must hold as well when the run has come to its end.</summary>
    public static IEnumerable<Breach> BrokenAtTheEnd(Evidence evidence, int points)
    {
        ExperimentState state = evidence.State;
        if (state.Run != RunState.Completed || state.Measured != points)
        {
            yield return new Breach(
                Promise.ComesToItsEnd, $"The run is {state.Run} with {state.Measured} of {points} points.");
        }

        if (evidence.Shots is [.., var last] && last.IsOnAt(evidence.At))
        {
            yield return new Breach(Promise.ComesToItsEnd, $"The beam is on, since {last.Lease}.");
        }

        if (state.Dose.OpenReservations > 0)
        {
            yield return new Breach(Promise.DoseCharged, "An intent was never answered.");
        }

        Dictionary<(int, int), double> reserved = evidence.Events.Select(stored => stored.Event)
            .OfType<ExposureIntended>()
            .ToDictionary(each => (each.Point.Value, each.Attempt), each => each.ReservedElectrons);
        foreach (ExposureOutcomeUnknown unknown in evidence.Events.Select(stored => stored.Event)
            .OfType<ExposureOutcomeUnknown>())
        {
            if (unknown.ChargedElectrons != reserved[(unknown.Point.Value, unknown.Attempt)])
            {
                yield return new Breach(
                    Promise.DoseCharged, $"{unknown.Point}/{unknown.Attempt} is unknown and not charged in full.");
            }
        }
    }

    private static IEnumerable<Breach> Lost(Evidence evidence)
    {
        Dictionary<long, StoredEvent> stored = evidence.Events.ToDictionary(each => each.Ordering);
        foreach (Statement statement in evidence.Statements.Where(each => each.Word == Statement.Acknowledged))
        {
            string[] parts = statement.Rest.Split(' ');
            if (!stored.TryGetValue(long.Parse(parts[0]), out StoredEvent? found) || found.Checksum.Hex != parts[1])
            {
                yield return new Breach(
                    Promise.NothingLost,
                    $"Event {parts[0]} was acknowledged with checksum {parts[1][..12]}…; the journal has "
                    + (found is null ? "none." : $"{found.Manifest} with {found.Checksum.Hex[..12]}…."));
            }
        }
    }

    private static IEnumerable<Breach> Broken(Evidence evidence)
    {
        bool isAcknowledged = evidence.Statements.Any(each => each.Word == Statement.Acknowledged);
        // A process that died while it made the tables leaves a file that is no journal yet.
        if (!evidence.Chain.IsIntact && (evidence.Events.Count > 0 || isAcknowledged))
        {
            yield return new Breach(Promise.ChainWhole, evidence.Chain.FirstFault!);
        }
    }

    private static IEnumerable<Breach> Twice(Evidence evidence)
    {
        IReadOnlyList<JournalEvent> events = [.. evidence.Events.Select(stored => stored.Event)];
        IReadOnlyList<Shot> exposures = [.. evidence.Shots.Where(shot => !shot.IsScan)];
        foreach (string lease in Repeated(exposures.Select(shot => shot.Lease)))
        {
            yield return new Breach(Promise.NothingTwice, $"The lease {lease} was exposed more than once.");
        }

        foreach (GridPoint patch in Repeated(events.OfType<FrameRecorded>().Select(frame => frame.Patch)))
        {
            yield return new Breach(Promise.NothingTwice, $"The patch {patch} was measured more than once.");
        }

        foreach (GridPoint target in Repeated(events.OfType<PointPlanned>().Select(point => point.Target)))
        {
            yield return new Breach(Promise.NothingTwice, $"{target} was planned more than once.");
        }

        foreach (ExposureOutcomeUnknown unknown in events.OfType<ExposureOutcomeUnknown>())
        {
            if (exposures.Any(shot => shot.Point == unknown.Point.Value && shot.Attempt > unknown.Attempt))
            {
                yield return new Breach(
                    Promise.NothingTwice, $"{unknown.Point} was exposed again though its outcome was unknown.");
            }
        }
    }

    private static IEnumerable<Breach> Unintended(Evidence evidence)
    {
        Dictionary<long, Statement> acknowledged = evidence.Statements
            .Where(each => each.Word == Statement.Acknowledged)
            .ToDictionary(each => long.Parse(each.Rest.Split(' ')[0]));
        ILookup<(int Point, int Attempt), Statement> intents = evidence.Events
            .Where(stored => stored.Event is ExposureIntended or SurveyIntended)
            .Where(stored => acknowledged.ContainsKey(stored.Ordering))
            .ToLookup(
                stored => stored.Event is ExposureIntended intended
                    ? (intended.Point.Value, intended.Attempt)
                    : (Shot.ScanPoint, 0),
                stored => acknowledged[stored.Ordering]);
        foreach (Shot shot in evidence.Shots)
        {
            bool isIntended = intents[(shot.Point, shot.Attempt)]
                .Any(intent => intent.Process == shot.Process && intent.At < shot.OnAt);
            if (!isIntended)
            {
                string what = shot.IsScan ? "a scan" : shot.Lease;
                yield return new Breach(
                    Promise.IntendedBefore, $"Process {shot.Process} unblanked for {what} without a durable intent.");
            }
        }
    }

    private IEnumerable<Breach> Uncharged(Evidence evidence)
    {
        double total = evidence.Shots.Sum(shot => current.ElectronsDuring(shot.OnUntil(evidence.At)));
        if (evidence.State.Dose.TotalElectrons < total * (1 - Rounding))
        {
            yield return new Breach(
                Promise.DoseCharged,
                $"{total:G6} electrons were delivered, {evidence.State.Dose.TotalElectrons:G6} are charged.");
        }

        foreach (var shots in evidence.Shots.Where(shot => !shot.IsScan).GroupBy(shot => shot.Place))
        {
            double delivered = shots.Sum(shot => current.ElectronsDuring(shot.OnUntil(evidence.At)));
            double charged = evidence.State.Dose.ElectronsAt(shots.Key);
            if (charged < delivered * (1 - Rounding))
            {
                yield return new Breach(
                    Promise.DoseCharged, $"{shots.Key} received {delivered:G6} electrons, {charged:G6} are charged.");
            }
        }
    }

    private static IEnumerable<Breach> JournaledUnblanked(Evidence evidence)
    {
        foreach (IGrouping<int, Statement> process in evidence.Statements.GroupBy(each => each.Process))
        {
            long? blanked = process.FirstOrDefault(each => each.Word == Statement.Blanked)?.At;
            long? appending = process.FirstOrDefault(each => each.Word == Statement.Appending)?.At;
            if (appending is not null && !(blanked < appending))
            {
                yield return new Breach(
                    Promise.BlankedFirst,
                    $"Process {process.Key} journaled before it had read the beam back as blanked.");
            }
        }
    }

    private static IEnumerable<T> Repeated<T>(IEnumerable<T> all) =>
        all.GroupBy(each => each).Where(group => group.Count() > 1).Select(group => group.Key);
}
