using DklActors.Torch.Runtimes;

namespace DklActors.Torch.Tests.TestSupport;

/// <summary>A test that needs libtorch; skipped, saying so, where it is absent. In CI it must be there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = TorchNeeded.ReasonToSkip;
}

/// <summary>The same for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute() => Skip = TorchNeeded.ReasonToSkip;
}

/// <summary>Why a test that needs libtorch cannot run here, and on which device it runs where it can.</summary>
internal static class TorchNeeded
{
    /// <summary>The processor, or what DKL_TEST_DEVICE names: the same tests hold of a GPU.</summary>
    public static string Device => Environment.GetEnvironmentVariable("DKL_TEST_DEVICE") ?? "cpu";

    /// <summary>Null where it can.</summary>
    public static string? ReasonToSkip =>
        Environment.GetEnvironmentVariable("CI") == "true" ? null : TensorRuntime.Absence;
}
