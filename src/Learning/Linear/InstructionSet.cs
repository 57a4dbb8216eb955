using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DklActors.Learning.Linear;

/// <summary>
/// What this process computes with. Sums are formed in as many lanes as the hardware has, so another width, or a
/// product that is rounded before it is added, gives other last bits.
/// </summary>
public static class InstructionSet
{
    /// <summary>Architecture, width of a vector, and whether products are added in one rounding.</summary>
    public static string Current { get; } = string.Join(' ', Describe());

    private static IEnumerable<string> Describe()
    {
        yield return RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        yield return Vector512.IsHardwareAccelerated ? "512-bit"
            : Vector256.IsHardwareAccelerated ? "256-bit"
            : Vector128.IsHardwareAccelerated ? "128-bit" : "scalar";
        bool isFused = Fma.IsSupported || RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        yield return isFused ? "fused" : "unfused";
    }
}
