using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Tests.Support;
using DklActors.Instruments.Virtual;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

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

        var state = ExperimentState.Empty;
        int byModel = 0;
        foreach (StoredEvent stored in events)
        {
            if (stored.Event is PointPlanned planned)
            {
                byModel += planned.Basis.Reason == PlanningReason.Acquisition ? 1 : 0;
                Planner planner = PlannerAt(planned, state);
                ImmutableArray<PendingPoint> pending =
                    [.. planned.Basis.Pending.Select(id => new PendingPoint(id, state.Points[id].Target))];

                (GridPoint target, PlanningBasis basis) = planner.Propose(planned.Point, pending)!.Value;

                target.Should().Be(planned.Target);
                basis.Score.Should().Be(planned.Basis.Score);
                basis.PredictedMean.Should().Be(planned.Basis.PredictedMean);
                basis.PredictedDeviation.Should().Be(planned.Basis.PredictedDeviation);
            }

            state = state.Apply(stored.Event);
        }

        byModel.Should().BeGreaterThan(4);

        Planner PlannerAt(PointPlanned planned, ExperimentState before)
        {
            var planner = new Planner(candidates, laboratory.Settings.Plan, laboratory.Settings.Seed);
            foreach (PointState point in before.Points.Values)
            {
                planner.Trace(point.Id, point.Target);
            }

            foreach ((GridPoint patch, ScalarResult scalar) in before.UsableScalars().Take(planned.Basis.Observations))
            {
                candidates.TryIndexOf(patch, out int candidate).Should().BeTrue();
                planner.Observe(new Observation(candidate, scalar.Value, scalar.StandardError));
            }

            ModelTrained? model = events.Select(stored => stored.Event).OfType<ModelTrained>()
                .SingleOrDefault(trained => trained.Version == planned.Basis.ModelVersion);
            if (model is not null)
            {
                ReadOnlyMemory<byte> content = store.ReadContent(ContentHash.Parse(model.StateHash));
                planner.Adopt(engine.Restore(new ModelState(model.Engine, model.Version, content)), model.Observations);
            }

            return planner;
        }
    }
}
