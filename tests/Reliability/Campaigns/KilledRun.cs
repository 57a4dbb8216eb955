using DklActors.Actors.Experiments;
using DklActors.Messages.Events;
using DklActors.Reliability.Columns;
using DklActors.Reliability.Invariants;
using DklActors.Reliability.Processes;
using DklActors.Reliability.Witnesses;

namespace DklActors.Reliability.Campaigns;

/// <summary>One run that is killed as its plan says, taken up after each kill, and let come to its end.</summary>
internal sealed class KilledRun(KillPlan plan, VictimFolder folder)
{
    private readonly List<Kill> _kills = [];
    private readonly List<(int Kill, int Shot, long DiedAt)> _beamsOn = [];
    private readonly HashSet<Breach> _seen = [];
    private readonly Promises _promises = new(RunSettings.Current);
    private int _process;

    public async Task<RunReport> RunAsync()
    {
        Directory.CreateDirectory(folder.Root);
        foreach (PlannedKill kill in plan.Kills)
        {
            using VictimProcess victim = Start(kill);
            long diedAt = await KillAsync(victim, kill).ConfigureAwait(false);
            if (!victim.WasKilled)
            {
                // It was faster; nothing is left to be killed.
                return Report(victim);
            }

            Note(kill, diedAt);
        }

        using VictimProcess last = Start(null);
        await last.EndAsync().ConfigureAwait(false);
        return Report(last);
    }

    private VictimProcess Start(PlannedKill? kill) => VictimProcess.Start(new VictimArguments(folder.Root, ++_process)
    {
        Set = plan.Settings.Overrides,
        Resume = folder.HoldsRun,
        Failpoint = kill?.Failpoint?.Name,
        Passing = kill?.Passing ?? 1,
    });

    private async Task<long> KillAsync(VictimProcess victim, PlannedKill kill)
    {
        if (kill.Failpoint is null)
        {
            if (kill.Appends > 0)
            {
                using ColumnRegister register = ColumnRegister.Open(folder.Column);
                int process = victim.Arguments.Process;
                await victim.UntilAsync(() => register.Driver == process && register.Acknowledged >= kill.Appends)
                    .ConfigureAwait(false);
            }

            long from = kill.Appends > 0 ? TimeProvider.System.GetTimestamp() : victim.StartedAt;
            await victim.UntilAsync(() => TimeProvider.System.GetElapsedTime(from) >= kill.Delay).ConfigureAwait(false);
            victim.Kill();
        }

        long killedAt = TimeProvider.System.GetTimestamp();
        await victim.EndAsync().ConfigureAwait(false);
        return killedAt;
    }

    private void Note(PlannedKill kill, long killedAt)
    {
        Evidence evidence = Evidence.Of(folder);
        long diedAt = evidence.Statements.LastOrDefault(
            each => each.Word == Statement.Died && each.Process == _process)?.At ?? killedAt;
        bool wasOn = evidence.Shots is [.., var shot] && shot.IsOnAt(diedAt) && shot.BlankedBy != _process;
        if (wasOn)
        {
            _beamsOn.Add((_kills.Count, evidence.Shots.Count - 1, diedAt));
        }

        _kills.Add(new Kill(kill, _process, wasOn, UnknownIn(evidence), NewIn(_promises.BrokenIn(evidence))));
    }

    /// <summary>Intents of the process that died to which there is no answer.</summary>
    private int UnknownIn(Evidence evidence)
    {
        HashSet<string> asked = [.. evidence.Statements
            .Where(each => each.Process == _process && each.Word == Statement.Acknowledged)
            .Select(each => each.Rest.Split(' ')[0])];
        return evidence.Events.Count(stored => asked.Contains($"{stored.Ordering}") && stored.Event switch
        {
            ExposureIntended intended => evidence.State.Points[intended.Point] is
                { Stage: PointStage.Intended } point && point.Attempts == intended.Attempt,
            SurveyIntended => evidence.State.Scan is not null,
            _ => false,
        });
    }

    private RunReport Report(VictimProcess last)
    {
        Evidence evidence = Evidence.Of(folder);
        List<Breach> breaches =
        [
            .. NewIn(_promises.BrokenIn(evidence)),
            .. NewIn(Promises.BrokenAtTheEnd(evidence, plan.Settings.Points)),
        ];
        if (last.ExitCode != 0)
        {
            breaches.Add(new Breach(
                Promise.ComesToItsEnd, $"The last process ended with code {last.ExitCode}: {last.Error} {last.Out}"));
        }

        foreach ((int kill, int index, long diedAt) in _beamsOn)
        {
            Shot shot = evidence.Shots[index];
            TimeSpan until = shot.OnUntil(evidence.At) - TimeProvider.System.GetElapsedTime(shot.OnAt, diedAt);
            _kills[kill] = _kills[kill] with { OnAfterDeath = until, BlankedByTimer = shot.IsBlankedByTimer };
        }

        return new RunReport(
            _kills, breaches, _process, evidence.Events.Count, evidence.Shots.Count, evidence.State.Measured);
    }

    private List<Breach> NewIn(IEnumerable<Breach> breaches) => [.. breaches.Where(_seen.Add)];
}
