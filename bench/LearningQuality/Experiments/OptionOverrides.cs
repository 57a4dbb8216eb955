using System.Collections.Immutable;
using System.Globalization;
using DklActors.Learning.Engines;
using DklActors.Learning.GaussianProcesses;
using DklActors.Learning.Kernels;
using DklActors.Learning.Networks;

namespace DklActors.LearningQuality.Experiments;

/// <summary>Changes single learning options by <c>key=value</c>, to find out what each is worth.</summary>
internal static class OptionOverrides
{
    public static DklOptions Apply(DklOptions options, string assignment)
    {
        string[] parts = assignment.Split('=', 2);
        string value = parts.Length == 2 ? parts[1] : "";
        return parts[0] switch
        {
            "jets" => options with { Features = options.Features with { JetScalesInPixels = Numbers(value) } },
            "pca" => options with { Features = options.Features with { PrincipalComponents = int.Parse(value) } },
            "pixels" => options with { Features = options.Features with { Pixels = bool.Parse(value) } },
            "position" => options with { Features = options.Features with { Position = bool.Parse(value) } },
            "hidden" => options with
            {
                Network = options.Network with { HiddenWidths = [.. Numbers(value).Select(n => (int)n)] },
            },
            "activation" => options with
            {
                Network = options.Network with { Activation = Enum.Parse<Activation>(value, ignoreCase: true) },
            },
            "kernel" => WithProcess(options, p => p with { Kernel = Enum.Parse<KernelKind>(value, true) }),
            "sharing" => WithProcess(
                options, p => p with { Lengthscales = Enum.Parse<LengthscaleSharing>(value, true) }),
            "lengthscale" => WithProcess(options, p => p with { LengthscalePrior = Prior(value) }),
            "variance" => WithProcess(options, p => p with { VariancePrior = Prior(value) }),
            "noise" => WithProcess(options, p => p with { NoisePrior = Prior(value) }),
            "rate" => options with { Optimiser = options.Optimiser with { NetworkLearningRate = Number(value) } },
            "hyperrate" => options with
            {
                Optimiser = options.Optimiser with { HyperparameterLearningRate = Number(value) },
            },
            "decay" => options with { Optimiser = options.Optimiser with { WeightDecay = Number(value) } },
            "epochs" => options with { Optimiser = options.Optimiser with { MaxEpochs = int.Parse(value) } },
            "warmepochs" => options with { Optimiser = options.Optimiser with { MaxWarmEpochs = int.Parse(value) } },
            "tolerance" => options with { Optimiser = options.Optimiser with { Tolerance = Number(value) } },
            "patience" => options with { Optimiser = options.Optimiser with { PatienceInEpochs = int.Parse(value) } },
            "threads" => options with { Threads = int.Parse(value) },
            _ => throw new ArgumentException($"There is no option '{parts[0]}' to set."),
        };
    }

    private static DklOptions WithProcess(DklOptions options, Func<ProcessOptions, ProcessOptions> change) =>
        options with { Process = change(options.Process) };

    private static LogNormalPrior Prior(string value) => Numbers(value) is [double median, double deviation]
        ? new LogNormalPrior(median, deviation)
        : throw new ArgumentException($"'{value}' is not a prior; write MEDIAN,LOGDEVIATION.");

    private static double Number(string value) => double.Parse(value, CultureInfo.InvariantCulture);

    private static ImmutableArray<double> Numbers(string value) =>
        value.Length == 0 ? [] : [.. value.Split(',').Select(Number)];
}
