using System.Diagnostics;
using System.Globalization;

namespace DklActors.Bridge;

/// <summary>The reference bridge in a process of its own, with data of a load and no time to read out.</summary>
internal sealed class ReferenceBridge : IAsyncDisposable
{
    private const string MakeData = """
        import sys, numpy as np
        shape = tuple(int(n) for n in sys.argv[2].split(","))
        random = np.random.default_rng(1)
        np.savez(
            sys.argv[1], image=random.random(shape[:2]), frames=random.random(shape, np.float32) * 100,
            energy=np.arange(shape[2]) * 0.02 - 5, pixel_size=0.5)
        """;

    private readonly string _folder;
    private readonly Process _process;

    private ReferenceBridge(string folder, Process process, Uri address, string token)
    {
        _folder = folder;
        _process = process;
        Address = address;
        Token = token;
    }

    public Uri Address { get; }

    public string Token { get; }

    public static async Task<ReferenceBridge> StartAsync(string python, string bridges, Load load)
    {
        string folder = Directory.CreateTempSubdirectory("dkl-bridge-").FullName;
        string data = Path.Combine(folder, "data.npz");
        using (Process making = Process.Start(python, ["-c", MakeData, data, $"8,8,{string.Join(',', load.Shape)}"]))
        {
            await making.WaitForExitAsync();
        }

        string token = Path.Combine(folder, "token"), address = Path.Combine(folder, "address");
        var start = new ProcessStartInfo(python)
        {
            WorkingDirectory = bridges,
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            "-m", "dkl_bridge", "--instrument", "simulated", "--data", data, "--no-noise", "--read-out", "0",
            "--token-file", token, "--make-token", "--port", 0.ToString(CultureInfo.InvariantCulture),
            "--address-file", address, "--journal", Path.Combine(folder, "journal"), "--log-level", "warning",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (!File.Exists(address))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException("The bridge did not start.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return new ReferenceBridge(
            folder, process, new Uri((await File.ReadAllTextAsync(address)).Trim()),
            (await File.ReadAllTextAsync(token)).Trim());
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
