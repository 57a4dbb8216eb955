using DklActors.Learning.Engines;
using DklActors.Learning.Features;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Networks;
using DklActors.Learning.Tests.TestSupport;

namespace DklActors.Learning.Tests.Engines;

public sealed class DklOptionsTests
{
    public static TheoryData<string, DklOptions> Wrong()
    {
        DklOptions options = new();
        return new TheoryData<string, DklOptions>
        {
            { "PrincipalComponents", options with { Features = options.Features with { PrincipalComponents = -1 } } },
            { "JetScalesInPixels", options with { Features = options.Features with { JetScalesInPixels = [0.0] } } },
            { "Features", options with { Features = FeatureOptions.Nothing } },
            { "HiddenWidths", options with { Network = options.Network with { HiddenWidths = [0] } } },
            { "EmbeddingDimension", options with { Network = options.Network with { EmbeddingDimension = 2 } } },
            { "NetworkLearningRate", options with { Optimiser = options.Optimiser with { NetworkLearningRate = 0 } } },
            { "MaxEpochs", options with { Optimiser = options.Optimiser with { MaxEpochs = 0 } } },
            { "WeightDecay", options with { Optimiser = options.Optimiser with { WeightDecay = double.NaN } } },
            { "LengthscalePrior", options with { Process = options.Process with { LengthscalePrior = default } } },
            { "LeastNoiseVariance", options with { Process = options.Process with { LeastNoiseVariance = 0.0 } } },
            { "Threads", options with { Threads = -1 } },
        };
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_option_out_of_range_is_refused_by_name(string name, DklOptions options)
    {
        Action creation = () => _ = new ManagedDklEngine(Scenes.Candidates(), options);
        creation.Should().Throw<ArgumentException>().WithMessage($"The learning option {name} is*must be*");
    }

    [Fact]
    public void Every_preset_is_valid_and_an_unknown_one_lists_them()
    {
        foreach (string name in DklPresets.Names)
        {
            DklOptions.Preset(name).Validate();
        }

        Action unknown = () => DklOptions.Preset("atomia");
        unknown.Should().Throw<ArgumentException>().WithMessage("*'atomia'*dkl, features, position, pca, atomai*");
    }

    [Fact]
    public void The_atomai_preset_has_the_published_shape()
    {
        DklOptions options = DklOptions.Preset("atomai");
        options.Network.HiddenWidths.Should().Equal(1000, 500, 50);
        options.Network.EmbeddingDimension.Should().Be(2);
        options.Network.Activation.Should().Be(Activation.Relu);
        options.Process.Lengthscales.Should().Be(LengthscaleSharing.PerDimension);
        new EmbeddingNetwork(options.Network, 81).ParameterCount.Should().Be(
            (81 * 1000) + 1000 + (1000 * 500) + 500 + (500 * 50) + 50 + (50 * 2) + 2);
    }
}
