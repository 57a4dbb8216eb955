using DklActors.Learning.Acquisition;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Ladder;
using DklActors.LearningQuality.Data;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using Xunit.Abstractions;

namespace DklActors.Learning.Tests.Quality;

/// <summary>The default model on measured maps that are wholly known.</summary>
public sealed class MeasuredDataTests(ITestOutputHelper output)
{
    private const int Steps = 60;

    // Bounds lie above the medians over ten seeds (0.052, 0.083, 0.037) by the spread between seeds, and below what
    // principal components with an RBF kernel reach there (0.069, 0.09, 0.10).
    [SharedDataTheory("sio2_eds", "pfm_beps", "plasmon_sim")]
    [InlineData("sio2_eds", 0.065)]
    [InlineData("pfm_beps", 0.095)]
    [InlineData("plasmon_sim", 0.050)]
    public void Sixty_steps_of_maximum_uncertainty_map_the_whole_image(string name, double worstMedianRmse)
    {
        KnownScalars data = DataSet.Load(name, SharedData.Folder);
        var experiment = new SerialExperiment(
            data with { StandardErrors = new double[data.Measured.Length] },
            Strategies.Named("dkl"),
            new MaximumUncertainty(),
            Goal.Maximise,
            TimeProvider.System);
        double[] errors =
        [
            .. Enumerable.Range(1, 3)
                .Select(seed => experiment.Run((ulong)seed, 10, Steps, step => step == Steps).Single().Score.Rmse)
                .Order(),
        ];
        output.WriteLine($"RMSE of seeds 1 to 3: {string.Join(", ", errors)}");
        errors[1].Should().BeLessThan(worstMedianRmse);
    }

    [SharedDataTheory("sio2_eds", "plasmon_sim")]
    [InlineData("sio2_eds")]
    [InlineData("plasmon_sim")]
    public void Fifty_measurements_show_that_structure_helps(string name) =>
        EvidenceOfFifty(name).Count(one => one.Verdict == StructureVerdict.Helps).Should().BeGreaterThanOrEqualTo(4);

    // Its domains are large: position tells most of it, and what structure adds is not settled by fifty.
    [SharedDataTheory("pfm_beps")]
    [InlineData("pfm_beps")]
    public void Fifty_measurements_of_domains_show_how_much_position_tells(string name) => EvidenceOfFifty(name)
        .Should().OnlyContain(one => one.Position - one.Constant > 2.0 * one.PositionError)
        .And.OnlyContain(one => one.Structure > one.Position - (2.0 * one.StructureError));

    private StructureEvidence[] EvidenceOfFifty(string name)
    {
        KnownScalars data = DataSet.Load(name, SharedData.Folder);
        LearnerOptions learner = LearnerPresets.Create(LearnerPresets.Default)
            .Change(options => options with { Optimiser = options.Optimiser with { MaxEpochs = 1 } });
        IDklEngine engine = learner.CreateEngine(data.Candidates);
        StructureEvidence[] evidence =
        [
            .. Enumerable.Range(1, 5).Select(seed => engine.Train(
                new TrainingRequest(
                    1,
                    [
                        .. SeedDesign.Random(data.Candidates, 50, (ulong)seed)
                            .Select(candidate => new Observation(candidate, data.Measured[candidate], 0.0)),
                    ],
                    null, (ulong)seed),
                CancellationToken.None).Report.Evidence!),
        ];
        foreach (StructureEvidence one in evidence)
        {
            output.WriteLine(
                $"{one.Verdict}: structure {one.Structure:F2}, position {one.Position:F2} ± {one.StructureError:F2}, "
                + $"constant {one.Constant:F2} ± {one.PositionError:F2}");
        }

        return evidence;
    }
}
