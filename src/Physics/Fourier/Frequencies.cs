namespace DklActors.Physics.Fourier;

/// <summary>Frequencies of a discrete transform.</summary>
internal static class Frequencies
{
    /// <summary>The frequency of smallest magnitude at an index; −n/2 for an even length's middle.</summary>
    public static int Signed(int index, int length) => index < (length + 1) / 2 ? index : index - length;

    /// <summary>Whether an index is the middle of an even length, which has no sign.</summary>
    public static bool IsNyquist(int index, int length) => 2 * index == length;
}
