using DklActors.Instruments.Preacquired;

namespace DklActors.Instruments.Tests;

/// <summary>Real data beside the repository, where they are present.</summary>
internal static class SharedData
{
    /// <summary>Path of a file in <c>../shared/data</c>; null, with a line saying so, where it is absent.</summary>
    public static string? Find(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DklActors.sln")))
        {
            folder = folder.Parent;
        }

        string path = Path.GetFullPath(Path.Combine(folder?.FullName ?? ".", "..", "shared", "data", name));
        if (File.Exists(path))
        {
            return path;
        }

        Console.WriteLine($"Skipped: {path} is not there.");
        return null;
    }

    /// <summary>The silica spheres: X-ray spectra with their HAADF image.</summary>
    public static PreacquiredSource Silica(string path) =>
        new(path, "haadf", "eds", new PixelSizeSource.FromArray("px_um", LengthUnit.Micrometre))
        {
            Energy = new EnergyAxisSource.FromArray("energy_keV", EnergyUnit.KiloelectronVolt),
        };
}
