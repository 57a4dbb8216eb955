using System.Diagnostics;

namespace DklActors.Support;

/// <summary>A Python that has what a test checks our files with: what users will read them with.</summary>
internal static class Python
{
    /// <summary>Runs a program with arguments and requires that it succeeds.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string modules, string program, params string[] arguments)
    {
        string python = Find(modules) ?? throw new InvalidOperationException(Absent(modules));
        (int code, string output, string error) =
            await StartAsync(python, ["-W", "ignore", "-c", program, .. arguments]);
        code.Should().Be(0, error);
        return output;
    }

    /// <summary>Why a test that needs these modules cannot run here, or null when it can.</summary>
    /// <remarks>In CI they must be there: the test runs, and fails where they are not.</remarks>
    public static string? ReasonToSkip(string modules) =>
        Environment.GetEnvironmentVariable("CI") == "true" || Find(modules) is not null ? null : Absent(modules);

    /// <summary>The program that has these modules.</summary>
    public static string PathOf(string modules) =>
        Find(modules) ?? throw new InvalidOperationException(Absent(modules));

    private static string Absent(string modules) =>
        $"No python3 on the PATH has {modules}; Debian has them as python3-hyperspy, python3-h5py, python3-jsonschema.";

    // The first on the PATH need not be the one that the packages of the distribution belong to.
    private static string? Find(string modules) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "python3"))
            .Where(File.Exists)
            .FirstOrDefault(python => Has(python, modules));

    private static bool Has(string python, string modules)
    {
        // Found, not imported: some of them take seconds to import.
        const string Program =
            "import sys, importlib.util as u; sys.exit(any(u.find_spec(m) is None for m in sys.argv[1].split(',')))";
        using Process process = Process.Start(Started(python, ["-c", Program, modules]))!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static async Task<(int Code, string Output, string Error)> StartAsync(string python, string[] arguments)
    {
        using Process process = Process.Start(Started(python, arguments))!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    private static ProcessStartInfo Started(string python, string[] arguments)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
