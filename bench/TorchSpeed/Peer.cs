using System.Diagnostics;
using System.Globalization;

namespace DklActors.TorchSpeed;

/// <summary>
/// The same model in eager PyTorch with its own autograd, and in GPyTorch, in another process: see <c>peer.py</c>.
/// </summary>
internal sealed class Peer(string python, int threads)
{
    // What the peer ends with where what it is asked for is not installed.
    private const int Absent = 3;

    /// <summary>Milliseconds of one iteration.</summary>
    public double Iteration(int patch, int observations, int epochs, int rounds) =>
        Run("iteration", patch, observations, epochs, rounds)!.Value;

    /// <summary>The same by GPyTorch; null where there is none.</summary>
    public double? GPyTorchIteration(int patch, int observations, int epochs, int rounds) =>
        Run("gpytorch", patch, observations, epochs, rounds);

    /// <summary>Milliseconds of embedding all candidates of a square image.</summary>
    public double Embedding(int patch, int edge, int rounds) => Run("embedding", patch, edge, 1, rounds)!.Value;

    private double? Run(string what, params int[] numbers)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "peer.py"));
        start.ArgumentList.Add(what);
        foreach (int number in numbers.Prepend(threads))
        {
            start.ArgumentList.Add(number.ToString(CultureInfo.InvariantCulture));
        }

        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode switch
        {
            0 => double.Parse(output, CultureInfo.InvariantCulture),
            Absent => null,
            int code => throw new InvalidOperationException($"{python} peer.py {what} ended with {code}."),
        };
    }
}
