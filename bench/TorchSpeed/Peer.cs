using System.Diagnostics;
using System.Globalization;

namespace DklActors.TorchSpeed;

/// <summary>The same model in eager PyTorch with its own autograd, in another process: see <c>peer.py</c>.</summary>
internal sealed class Peer(string python, int threads)
{
    /// <summary>Milliseconds of one iteration.</summary>
    public double Iteration(int patch, int observations, int epochs, int rounds) =>
        Run("iteration", patch, observations, epochs, rounds);

    /// <summary>Milliseconds of embedding all candidates of a square image.</summary>
    public double Embedding(int patch, int edge, int rounds) => Run("embedding", patch, edge, 1, rounds);

    private double Run(string what, params int[] numbers)
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
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{python} peer.py ended with {process.ExitCode}.");
    }
}
