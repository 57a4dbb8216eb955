using System.Reflection;
using System.Text.Json;
using DklActors.Instruments.Files;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;
using DklActors.Support;

namespace DklActors.Physics.Tests.Spectra;

/// <summary>Recorded spectra, and what HyperSpy, SciPy and NumPy make of them (tests/reference/spectra.py).</summary>
internal static class Reference
{
    private static readonly JsonElement Numbers = Read();

    /// <summary>A number of the reference by its path, "aluminium.zeroLoss" or "aluminium.drude.1".</summary>
    public static double Of(string path)
    {
        JsonElement element = Numbers;
        foreach (string part in path.Split('.'))
        {
            element = element.ValueKind == JsonValueKind.Array ? element[int.Parse(part)] : element.GetProperty(part);
        }

        return element.GetDouble();
    }

    /// <summary>A spectrum of DigitalMicrograph, with the axis that the file is calibrated to.</summary>
    public static SpectrumFrame Spectrum(string name)
    {
        using ArrayContainer file = ArrayContainer.Open(SharedData.PathOf($"eels_single/{name}"));
        double[] energies = file.Read("energy").ToDoubles();
        var axis = new EnergyAxis(
            new ElectronVolt(energies[0]),
            new ElectronVolt((energies[^1] - energies[0]) / (energies.Length - 1)),
            energies.Length);
        return new SpectrumFrame(axis, file.Read("data").ToSingles());
    }

    /// <summary>The spectrum image of Mn3O4, 24 × 22 spectra of 138 channels, on an axis of channel numbers.</summary>
    public static SpectrumFrame Manganese(int row, int column) =>
        new(ManganeseAxis, ManganeseCube.Value.AsMemory(((row * 22) + column) * 138, 138));

    public static EnergyAxis ManganeseAxis { get; } = new(new ElectronVolt(0), new ElectronVolt(1), 138);

    public static Lazy<float[]> ManganeseCube { get; } = new(static () =>
    {
        using ArrayContainer file = ArrayContainer.Open(SharedData.PathOf("mn3o4_eels/malspy_SI_data.npz"));
        return file.Read("X").ToSingles();
    });

    private static JsonElement Read()
    {
        Assembly assembly = typeof(Reference).Assembly;
        using Stream stream = assembly.GetManifestResourceStream(
            assembly.GetManifestResourceNames().Single(static name => name.EndsWith("Spectra.reference.json")))!;
        return JsonDocument.Parse(stream).RootElement.Clone();
    }
}
