using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Torch.Engines;
using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Engines;

/// <summary>A model that was trained by one engine goes on with the other.</summary>
public sealed class MovingTests
{
    private static readonly CandidateSet Candidates = Scenes.Candidates();
    private static readonly ImmutableArray<Observation> Observations = Scenes.Observations(Candidates, 31);

    public static TheoryData<string, bool> Moves()
    {
        var data = new TheoryData<string, bool>();
        foreach (string preset in DklPresets.Names)
        {
            data.Add(preset, true);
            data.Add(preset, false);
        }

        return data;
    }

    [TorchTheory]
    [MemberData(nameof(Moves))]
    public void A_model_is_restored_and_trained_further_by_the_other_engine(string preset, bool fromTorch)
    {
        DklOptions options = TorchDklEngineTests.Short(preset);
        DklEngine torch = new TorchDklEngine(Candidates, options, TorchNeeded.Device);
        DklEngine managed = new ManagedDklEngine(Candidates, options);
        (DklEngine first, DklEngine second) = fromTorch ? (torch, managed) : (managed, torch);
        TrainedModel trained = first.Train(new TrainingRequest(1, Observations[..30], null, 5), default);

        var restored = (ProcessModel)second.Restore(trained.State);
        restored.Kernel.Should().BeEquivalentTo(trained.Process().Kernel);
        restored.Scaling.Should().Be(trained.Model.Scaling);
        TorchDklEngineTests.ShouldBeNear(restored.Embeddings.Span, trained.Process().Embeddings.Span, 2e-5f);

        // The first step's loss is that of the state itself, before rounding makes two trainings of two engines.
        var request = new TrainingRequest(2, Observations, trained.State, 5);
        DklOptions once = options with { Optimiser = options.Optimiser with { MaxWarmEpochs = 1 } };
        double begun = Moved(once, !fromTorch).Loss, stayed = Moved(once, fromTorch).Loss;
        begun.Should().BeApproximately(stayed, 1e-4 * Math.Abs(stayed));
        TrainingReport further = Moved(options, !fromTorch);
        further.Note.Should().BeNull();
        further.Epochs.Should().BeGreaterThan(1);
        further.Loss.Should().BeLessThan(begun);

        TrainingReport Moved(DklOptions steps, bool byTorch)
        {
            DklEngine engine = byTorch
                ? new TorchDklEngine(Candidates, steps, TorchNeeded.Device) : new ManagedDklEngine(Candidates, steps);
            return engine.Train(request, default).Report;
        }
    }

    [TorchTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_ensemble_moves_whole(bool fromTorch)
    {
        LearnerOptions learner = LearnerPresets.Create(LearnerPresets.Default).Change(
            options => options with { Optimiser = options.Optimiser with { MaxEpochs = 25, MaxWarmEpochs = 10 } });
        IDklEngine managed = learner.CreateEngine(Candidates);
        IDklEngine torch = (learner with { Engines = new TorchEngines(TorchNeeded.Device) }).CreateEngine(Candidates);
        (IDklEngine first, IDklEngine second) = fromTorch ? (torch, managed) : (managed, torch);
        TrainedModel trained = first.Train(new TrainingRequest(1, Observations[..30], null, 5), default);

        var mixture = (MixtureModel)trained.Model;
        var restored = (MixtureModel)second.Restore(trained.State);
        restored.Shape.Should().Be(mixture.Shape);
        restored.Members.Select(member => (member.Name, member.Weight)).Should().Equal(
            mixture.Members.Select(member => (member.Name, member.Weight)));
        TrainingReport report = second.Train(new TrainingRequest(2, Observations, trained.State, 5), default).Report;
        report.Note.Should().BeNull();
        trained.State.Engine.Should().Be(fromTorch ? "torch-ensemble/1" : "managed-ensemble/1");
        torch.Identity.Should().StartWith("torch-ensemble/1 libtorch ");
    }

    [TorchFact]
    public void An_ensemble_of_libtorch_is_what_the_managed_one_is()
    {
        LearnerOptions learner = LearnerPresets.Create(LearnerPresets.Default).Change(
            options => options with { Optimiser = options.Optimiser with { MaxEpochs = 10 } });
        var request = new TrainingRequest(1, Observations, null, 5);
        TrainedModel managed = learner.CreateEngine(Candidates).Train(request, default);
        TrainedModel torch = (learner with { Engines = new TorchEngines(TorchNeeded.Device) })
            .CreateEngine(Candidates).Train(request, default);
        ((MixtureModel)torch.Model).Members.Select(member => member.Name).Should().Equal(
            ((MixtureModel)managed.Model).Members.Select(member => member.Name));
        torch.Report.Loss.Should().BeApproximately(managed.Report.Loss, 1e-3);
        torch.Report.Evidence!.Structure.Should().BeApproximately(managed.Report.Evidence!.Structure, 1e-6);
    }

    /// <summary>No libtorch is asked for: whoever looks at a run restores its models, and trains none.</summary>
    [Fact]
    public void Without_libtorch_a_model_that_it_trained_is_restored_and_none_is_trained()
    {
        DklOptions options = DklOptions.Preset("position");
        ModelState state = new ManagedDklEngine(Candidates, options)
            .Train(new TrainingRequest(1, Observations, null, 5), default).State with { Engine = "torch/1" };
        var stored = new StoredTorchEngines("Build it.");
        IDklEngine engine = stored.Create(Candidates, [new EnsembleMember("position", options)]);

        engine.Restore(state).Count.Should().Be(Candidates.Count);
        Action training = () => engine.Train(new TrainingRequest(2, Observations, state, 5), default);
        training.Should().Throw<TrainingFailedException>().WithMessage("Build it.");
        stored.Arithmetic.Should().Be("torch/1 absent");
    }
}
