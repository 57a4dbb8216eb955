using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Actors.Replaying;
using DklActors.Actors.Replaying.Counterfactuals;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;

namespace DklActors.Actors.Tests.Replaying;

/// <summary>What another choice would have said, against the same computed step by step.</summary>
public sealed class WhatIfReplayTests
{
    private static readonly IScalarizer Peak = ScalarizerCatalog.Create(new ScalarizerSpec("peak-maximum").With(
        SpectrumParameters.Window, new EnergyWindow(new ElectronVolt(1.6), new ElectronVolt(3.6))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_choice_that_was_made_would_have_gone_where_it_went(bool learnAnew)
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();

        WhatIfReport report = new WhatIfReplay(recorded.Source(), recorded.Source(), learnAnew)
            .Run(CancellationToken.None)!;

        report.Decisions.Should().HaveCountGreaterThan(4).And.OnlyContain(decision => decision.IsEqual);
        report.Decisions.Should().OnlyContain(decision => decision.Distance == 0);
        report.Scalars.Should().OnlyContain(scalar => scalar.Other == scalar.Recorded);
        report.Belief!.Mean.ToArray().Should().Equal(recorded.Laboratory.Diary.Posterior!.Mean.ToArray());
    }

    [Theory]
    [InlineData("expected-improvement")]
    [InlineData("thompson")]
    [InlineData("random")]
    public async Task Another_acquisition_function_goes_where_its_own_scores_of_the_same_belief_are_highest(string name)
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        RunSource source = recorded.Source();
        PlanSettings plan = source.Settings.Plan with { Acquisition = AcquisitionCatalog.Create(name) };
        RunSource other = source with { Settings = source.Settings with { Plan = plan } };

        WhatIfReport report = new WhatIfReplay(source, other, isOtherLearning: false).Run(CancellationToken.None)!;

        GridPoint?[] expected = [.. StepByStep(recorded, source, plan)];
        expected.Should().HaveCountGreaterThan(4);
        report.Decisions.Select(decision => decision.Other).Should().Equal(expected);
        report.Decisions.Should().Contain(decision => !decision.IsEqual);
    }

    [Fact]
    public async Task Another_scalarizer_evaluates_the_frames_that_were_measured_and_its_models_learn_from_that()
    {
        await using RecordedLaboratory recorded = await RecordedLaboratory.RunAsync();
        RunSource source = recorded.Source();

        WhatIfReport report = new WhatIfReplay(source, source with { Scalarizer = Peak }, isOtherLearning: true)
            .Run(CancellationToken.None)!;

        var state = ExperimentState.Fold(recorded.Events.Select(stored => stored.Event));
        report.Scalars.Should().HaveCount(state.Measured);
        foreach (OtherScalar scalar in report.Scalars)
        {
            var hash = ContentHash.Parse(state.Points[scalar.Point].Frame!.FrameHash);
            scalar.Other.Should().Be(Peak.Evaluate(
                new Measurement(FrameCodec.Read(source.Journal.ReadContent(hash)), default)));
            scalar.Recorded.Should().Be(state.Points[scalar.Point].Scalar);
        }

        double highest = report.Scalars.Max(scalar => scalar.Other.Value);
        report.Belief!.Mean.ToArray().Max().Should().BeInRange(0.3 * highest, 3 * highest);
    }

    // A planner made anew for every decision, told of everything in the order of the journal.
    private static IEnumerable<GridPoint?> StepByStep(
        RecordedLaboratory recorded, RunSource source, PlanSettings plan)
    {
        CandidateSet candidates = recorded.Laboratory.Diary.Candidates!;
        IDklEngine engine = source.CreateEngine(candidates);
        var state = ExperimentState.Empty;
        double[] scores = new double[candidates.Count];
        foreach (StoredEvent stored in recorded.Events)
        {
            if (stored.Event is PointPlanned { Basis.Reason: PlanningReason.Acquisition } planned)
            {
                ModelTrained model = recorded.Events.Select(each => each.Event).OfType<ModelTrained>()
                    .Single(trained => trained.Version == planned.Basis.ModelVersion);
                ImmutableArray<Observation> seen =
                [
                    .. state.UsableScalars().Take(planned.Basis.Observations).Select(usable =>
                    {
                        candidates.TryIndexOf(usable.Patch, out int candidate);
                        return new Observation(candidate, usable.Scalar.Value, usable.Scalar.StandardError);
                    }),
                ];
                CandidateModel restored = engine.Restore(new ModelState(
                    model.Engine, model.Version, source.Journal.ReadContent(ContentHash.Parse(model.StateHash))));
                var belief = Posterior.Condition(restored, seen[..model.Observations]);
                belief = seen[model.Observations..].Aggregate(belief, (known, next) => known.With(next));
                foreach (var pending in planned.Basis.Pending)
                {
                    candidates.TryIndexOf(state.Points[pending].Target, out int candidate);
                    belief = belief.Believe(candidate);
                }

                bool[] excluded = new bool[candidates.Count];
                foreach (PointState point in state.Points.Values)
                {
                    candidates.TryIndexOf(point.Target, out int candidate);
                    excluded[candidate] = true;
                }

                foreach (Observation observation in seen)
                {
                    excluded[observation.Candidate] = true;
                }

                plan.Acquisition.Score(
                    new AcquisitionInput(
                        belief,
                        plan.Goal.BestOf(seen.Select(observation => observation.Value)),
                        plan.Goal,
                        RunSeeds.Decision(source.Settings.Seed, planned.Point.Value)),
                    scores);
                yield return candidates.PointAt(NextPoint.Choose(scores, excluded));
            }

            state = state.Apply(stored.Event);
        }
    }
}
