using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Ensembles;

public sealed class EnsembleEngineTests
{
    private static readonly ImmutableArray<Observation> Observations =
        Scenes.Observations(QuickEnsemble.Candidates, 24);

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        TrainedModel one = QuickEnsemble.Engine(threads: 1).Train(Observations);
        TrainedModel three = QuickEnsemble.Engine(threads: 3).Train(Observations);
        three.State.Content.ToArray().Should().Equal(one.State.Content.ToArray());
        three.Report.Should().Be(one.Report);
        three.Model.Shape.Should().Be(one.Model.Shape);
        Posterior.Condition(three.Model, Observations).Mean.ToArray().Should()
            .Equal(Posterior.Condition(one.Model, Observations).Mean.ToArray());
        Posterior.Condition(three.Model, Observations).Variance.ToArray().Should()
            .Equal(Posterior.Condition(one.Model, Observations).Variance.ToArray());
    }

    [Fact]
    public void The_seed_decides_and_nothing_else()
    {
        EnsembleEngine engine = QuickEnsemble.Engine();
        byte[] first = engine.Train(Observations, seed: 5).State.Content.ToArray();
        engine.Train(Observations, seed: 6).State.Content.ToArray().Should().NotEqual(first);
        engine.Train(Observations, seed: 5).State.Content.ToArray().Should().Equal(first);
    }

    [Fact]
    public void It_is_what_its_members_learn_alone_weighed_by_what_they_say_of_points_left_out()
    {
        LearnerOptions learner = QuickEnsemble.Options();
        TrainedModel trained = QuickEnsemble.Engine().Train(Observations);
        var mixture = (MixtureModel)trained.Model;
        ProcessModel[] alone =
        [
            .. learner.Members.Select(member =>
                new ManagedDklEngine(QuickEnsemble.Candidates, member.Options).Train(Observations).Process()),
        ];
        LeaveOneOut[] left = Array.ConvertAll(alone, model => LeaveOneOut.Of(model, Observations));
        double[] weights = MemberWeights.PseudoBma([.. left.Select(l => l.LogDensities(Observations))], 5);
        double kept = weights.Where(weight => weight >= 0.01).Sum();
        double[] expected = Array.ConvertAll(weights, weight => weight >= 0.01 ? weight / kept : 0.0);

        mixture.Members.Sum(member => member.Weight).Should().BeApproximately(1.0, 1e-12);
        mixture.Members.Should().HaveCount(expected.Count(weight => weight > 0.0));
        double[] errors = new double[Observations.Length];
        foreach (WeightedProcess member in mixture.Members)
        {
            int k = learner.Members.ToList().FindIndex(known => known.Name == member.Name);
            member.Weight.Should().BeApproximately(expected[k], 1e-12);
            member.Process.Embeddings.ToArray().Should().Equal(alone[k].Embeddings.ToArray());
            member.Process.Kernel.Should().BeEquivalentTo(alone[k].Kernel);
        }

        for (int i = 0; i < errors.Length; i++)
        {
            double mean = expected.Zip(left, (w, l) => w * l.Means[i]).Sum();
            double second = expected.Zip(left, (w, l) => w * (l.Variances[i] + (l.Means[i] * l.Means[i]))).Sum();
            errors[i] = (Observations[i].Value - mean) / Math.Sqrt(second - (mean * mean));
        }

        mixture.Shape.Should().Be(Calibration.Fit(errors));
        double noise = mixture.Members.Sum(member => member.Weight * member.Process.NoiseVariance);
        trained.Report.NoiseDeviation.Should().BeApproximately(Math.Sqrt(noise), 1e-9);
        trained.Report.Note.Should().BeNull();
        trained.Report.Evidence!.Verdict.Should().Be(StructureVerdict.Helps);
    }

    [Fact]
    public void A_member_that_cannot_train_is_left_out_with_a_note_and_the_others_go_on()
    {
        ImmutableArray<EnsembleMember> members = QuickEnsemble.Options().Members[..3];
        var whole = new EnsembleEngine(QuickEnsemble.Candidates, members);
        var broken = new EnsembleEngine(
            QuickEnsemble.Candidates, members.Insert(1, QuickEnsemble.Impossible("broken")));
        var expected = (MixtureModel)whole.Train(Observations).Model;
        TrainedModel trained = broken.Train(Observations);
        var mixture = (MixtureModel)trained.Model;

        trained.Report.Note.Should().StartWith("broken: ").And.Contain("did not factorise");
        mixture.Members.Select(member => (member.Name, member.Weight)).Should()
            .Equal(expected.Members.Select(member => (member.Name, member.Weight)));
        var restored = (MixtureModel)broken.Restore(trained.State);
        restored.Members.Select(member => member.Name).Should().Equal(mixture.Members.Select(member => member.Name));

        // What failed before is tried again from the seed, and the others go on from where they were.
        TrainedModel again = broken.Train(Observations, warm: trained.State);
        again.Report.Note.Should().StartWith("broken: ");
        again.Report.Epochs.Should().BeLessThan(trained.Report.Epochs);
    }

    [Fact]
    public void Where_no_member_can_train_the_training_fails_in_words()
    {
        var engine = new EnsembleEngine(
            QuickEnsemble.Candidates, [QuickEnsemble.Impossible("a"), QuickEnsemble.Impossible("b")]);
        Action training = () => engine.Train(Observations);
        training.Should().Throw<TrainingFailedException>().WithMessage("*did not factorise*");
    }

    [Fact]
    public void Cancelling_before_it_trains_ends_it_on_one_thread_and_on_several()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var request = new TrainingRequest(1, Observations, null, 1);
        foreach (int threads in new[] { 1, 3 })
        {
            Action training = () => QuickEnsemble.Engine(threads).Train(request, source.Token);
            training.Should().Throw<OperationCanceledException>();
        }
    }

    [Fact]
    public async Task Cancelling_while_it_trains_ends_it()
    {
        LearnerOptions endless = QuickEnsemble.Options(epochs: 1_000_000).Change(options =>
            options with { Optimiser = options.Optimiser with { Tolerance = 0.0 } });
        var engine = new EnsembleEngine(QuickEnsemble.Candidates, endless.Members);
        using var source = new CancellationTokenSource();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task training = Task.Run(() =>
        {
            began.SetResult();
            engine.Train(new TrainingRequest(1, Observations, null, 1), source.Token);
        });
        await began.Task;
        await source.CancelAsync();
        Func<Task> ending = () => training;
        await ending.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void A_warm_start_goes_on_where_the_last_training_ended()
    {
        var engine = new EnsembleEngine(QuickEnsemble.Candidates, LearnerPresets.Create("default").Members);
        TrainedModel before = engine.Train(Observations[..^1]);
        TrainedModel warm = engine.Train(Observations, warm: before.State);
        TrainedModel cold = engine.Train(Observations);
        warm.Report.Note.Should().BeNull();
        warm.Report.Epochs.Should().BeLessThan(cold.Report.Epochs);
        warm.Report.Loss.Should().BeLessThan(cold.Report.Loss + 0.1);
        engine.Train(Observations, warm: before.State).State.Content.ToArray().Should()
            .Equal(warm.State.Content.ToArray());
    }

    [Fact]
    public void A_useless_warm_start_is_noted_once_and_does_no_harm()
    {
        EnsembleEngine engine = QuickEnsemble.Engine();
        TrainedModel cold = engine.Train(Observations);
        TrainedModel refit = engine.Train(Observations, warm: cold.State with { Content = new byte[80] });
        refit.Report.Note.Should().StartWith("The warm start was not used: ").And.NotContain("product");
        refit.State.Content.ToArray().Should().Equal(cold.State.Content.ToArray());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 4)]
    public void More_candidates_than_fit_leave_fewer_members_even_where_all_weigh_the_same(int times, int expected)
    {
        EnsembleMember position = QuickEnsemble.Options().Members[^1];
        var engine = new EnsembleEngine(
            QuickEnsemble.Candidates,
            [.. Enumerable.Range(0, 4).Select(i => position with { Name = $"twin {i}" })],
            (long)times * QuickEnsemble.Candidates.Count);
        TrainedModel trained = engine.Train(Observations);
        var mixture = (MixtureModel)trained.Model;
        mixture.Members.Should().HaveCount(expected);
        mixture.Members.Should().OnlyContain(member => Math.Abs(member.Weight - (1.0 / expected)) < 1e-12);
        ((MixtureModel)engine.Restore(trained.State)).Members.Should().HaveCount(expected);
    }

    [Fact]
    public void The_heaviest_members_are_the_ones_that_are_kept()
    {
        var all = (MixtureModel)QuickEnsemble.Engine().Train(Observations).Model;
        var two = (MixtureModel)new EnsembleEngine(
            QuickEnsemble.Candidates, QuickEnsemble.Options().Members, 2L * QuickEnsemble.Candidates.Count)
            .Train(Observations).Model;
        WeightedProcess[] heaviest = [.. all.Members.OrderByDescending(member => member.Weight).Take(2)];
        double sum = heaviest.Sum(member => member.Weight);
        two.Members.Select(member => member.Name).Should().BeEquivalentTo(heaviest.Select(member => member.Name));
        foreach (WeightedProcess member in two.Members)
        {
            double whole = heaviest.Single(known => known.Name == member.Name).Weight;
            member.Weight.Should().BeApproximately(whole / sum, 1e-12);
        }
    }

    [Fact]
    public void No_member_is_no_ensemble()
    {
        Action creation = () => _ = new EnsembleEngine(QuickEnsemble.Candidates, []);
        creation.Should().Throw<ArgumentException>().WithMessage("*at least one member*");
    }

    [Fact]
    public void Presets_name_the_ensemble_and_every_single_model()
    {
        LearnerPresets.Create("default").CreateEngine(QuickEnsemble.Candidates).Should().BeOfType<EnsembleEngine>();
        foreach (string name in DklPresets.Names)
        {
            LearnerPresets.Create(name).Members.Should().ContainSingle();
        }

        LearnerPresets.Create("position").CreateEngine(QuickEnsemble.Candidates).Should().BeOfType<ManagedDklEngine>();
        Action unknown = () => LearnerPresets.Create("defualt");
        unknown.Should().Throw<ArgumentException>().WithMessage("*'defualt'*default*dkl*");
    }
}
