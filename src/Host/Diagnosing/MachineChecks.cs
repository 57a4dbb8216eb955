using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DklActors.Host.Composition;
using DklActors.Host.Serving.Page;
using DklActors.Learning.Linear;
using DklActors.Torch.Runtimes;
using Microsoft.Data.Sqlite;

namespace DklActors.Host.Diagnosing;

/// <summary>The program and the machine that it is on.</summary>
internal static class MachineChecks
{
    private const int LeastRuntime = 10;

    public static IEnumerable<Finding> Run(TimeProvider time)
    {
        yield return Finding.Ok("program", $"{ProvenanceReader.SoftwareVersion} in {AppContext.BaseDirectory}");
        yield return Finding.Of("runtime", Runtime);
        yield return Finding.Ok(
            "system", $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors");
        yield return Finding.Of("processor", Processor);
        yield return Finding.Of("torch", Torch);
        yield return Finding.Of("SQLite", Sqlite);
        yield return Finding.Of("clock", () => Clock(time));
        yield return Finding.Of("dashboard", Dashboard);
    }

    private static Finding Runtime() => Environment.Version.Major >= LeastRuntime
        ? Finding.Ok("runtime", RuntimeInformation.FrameworkDescription)
        : Finding.Trouble(
            "runtime", RuntimeInformation.FrameworkDescription, $"install the ASP.NET Core runtime {LeastRuntime}.0");

    private static Finding Processor() => Vector256.IsHardwareAccelerated
        ? Finding.Ok("processor", InstructionSet.Current)
        : Finding.Warning(
            "processor", InstructionSet.Current,
            "training takes several times as long without 256-bit vectors (AVX2); use another machine for large maps");

    // Nothing needs it but a recipe that asks for it.
    private static Finding Torch() => TensorRuntime.Absence is { } absence
        ? Finding.Ok("torch", $"is not there, and only learning.engine: torch needs it. {absence}")
        : Finding.Ok("torch", $"{TensorRuntime.Version}, {TensorRuntime.Devices}, by {TensorRuntime.Place}");

    private static Finding Sqlite()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return Finding.Ok("SQLite", connection.ServerVersion);
    }

    private static Finding Clock(TimeProvider time)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTime built = File.GetLastWriteTimeUtc(Path.Combine(AppContext.BaseDirectory, "dkl.dll"));
        string text = string.Create(
            CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss} UTC, time zone {time.LocalTimeZone.Id}");
        return now.UtcDateTime >= built.AddDays(-1)
            ? Finding.Ok("clock", text)
            : Finding.Warning(
                "clock", $"{text}, which is before this program was built",
                "set the clock (NTP); durations are right all the same, dates in journals are not");
    }

    private static Finding Dashboard() =>
        PageFiles.Read(Path.Combine(AppContext.BaseDirectory, "wwwroot")).IsThere
            ? Finding.Ok("dashboard", "is in this build")
            : Finding.Warning(
                "dashboard", "is not in this build",
                "build it with 'npm ci && npm run build' in src/Dashboard; the rest works without");
}
