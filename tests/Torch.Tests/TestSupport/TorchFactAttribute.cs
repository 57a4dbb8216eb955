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

/// <summary>Why a test that needs libtorch cannot run here, or null where it can.</summary>
internal static class TorchNeeded
{
    public static string? ReasonToSkip =>
        Environment.GetEnvironmentVariable("CI") == "true" ? null : TensorRuntime.Absence;
}
