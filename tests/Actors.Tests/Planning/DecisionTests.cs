using System.Collections.Immutable;
using DklActors.Actors.Replaying;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Virtual;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Events;
using DklActors.Messages.Models;

namespace DklActors.Actors.Tests.Planning;

/// <summary>Every decision can be made again from what the journal says it was made from.</summary>
public sealed class DecisionTests
{
    private static readonly IPenalty[] Penalties =
    [
        new DistanceCost(0.4),
        new RecencyPenalty(0.5, 3.0, 4),
        new RecencyPenalty(0.5, 3.0, RecencyPenalty.NeverForgets),
    ];

    /// <summary>Every function by its name, a schedule over functions that draw, and penalties on two kinds.</summary>
    public static TheoryData<string, bool> Functions
    {
        get
        {
            var functions = new TheoryData<string, bool>();
            foreach (string name in AcquisitionCatalog.Names)
            {
                functions.Add(name, false);
            }

            functions.Add("maximum-uncertainty until 8, then thompson until 10, then knowledge-gradient", false);
            functions.Add("upper-confidence-bound", true);
            functions.Add("log-expected-improvement", true);
            return functions;
        }
    }

    /// <summary>One function of each kind: marginal, joint draws, covariances, and both with draws.</summary>
    public static TheoryData<string> Kinds =>
    [
        "maximum-uncertainty", "log-expected-improvement", "thompson", "knowledge-gradient",
        "integrated-variance-reduction", "noisy-expected-improvement",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task With_the_default_ensemble_too_each_decision_follows_again_bit_for_bit(string acquisition) =>
        RequireDecisionsToFollowAgain(acquisition, penalised: false, LearnerPresets.Default);

    [Theory]
    [MemberData(nameof(Functions))]
    public Task Each_decision_of_a_run_follows_again_bit_for_bit_from_its_basis(string acquisition, bool penalised) =>
        RequireDecisionsToFollowAgain(acquisition, penalised, "dkl");

    private static async Task RequireDecisionsToFollowAgain(string acquisition, bool penalised, string learner)
    {
        // The probe lands one pixel off, so that what is learned from is never where it was planned.
        await using var laboratory = new Laboratory(new ProbeErrors(OffsetRowPixels: 1, OffsetColumnPixels: 1));
        laboratory.CreateEngine =
            candidates => LearnerPresets.Create(learner).Change(Laboratory.Quick).CreateEngine(candidates);
        laboratory.Settings = laboratory.Settings with
        {
            Plan = laboratory.Settings.Plan with
            {
                Acquisition = penalised
                    ? new Penalised(AcquisitionText.Parse(acquisition), [.. Penalties])
                    : AcquisitionText.Parse(acquisition),
            },
        };
        laboratory.Settings = laboratory.Settings with
        {
            Stage = laboratory.Settings.Stage with { ToleranceInPixels = 2 },
        };
        await laboratory.RunPlannedByModelAsync();
        ImmutableArray<StoredEvent> events = await laboratory.ReadAsync();
        await using SqliteEventStore store = laboratory.OpenStore();
        CandidateSet candidates = laboratory.Diary.Candidates!;
        IDklEngine engine = laboratory.CreateEngine(candidates);

        var replay = new DecisionReplay(
            candidates,
            laboratory.Settings.Plan,
            laboratory.Settings.Seed,
            model => engine.Restore(new ModelState(
                model.Engine, model.Version, store.ReadContent(ContentHash.Parse(model.StateHash)))));
        int byModel = 0;
        foreach (StoredEvent stored in events)
        {
            if (replay.Follow(stored.Event) is { } decision)
            {
                byModel += decision.Planned.Basis.Reason == PlanningReason.Acquisition ? 1 : 0;
                decision.NotDerivable.Should().BeNull();
                decision.Differences().Should().BeEmpty();
                decision.Target.Should().Be(decision.Planned.Target);
                decision.Basis!.Score.Should().Be(decision.Planned.Basis.Score);
            }
        }

        byModel.Should().BeGreaterThan(4);
    }
}
