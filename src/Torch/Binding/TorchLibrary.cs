using System.Reflection;
using System.Runtime.InteropServices;
using DklActors.Torch.Runtimes;

namespace DklActors.Torch.Binding;

/// <summary>
/// Finds and loads <c>libdkl_torch</c>: where the variable <c>DKL_TORCH</c> says (the file or its folder), beside the
/// program, or in <c>native/torch/build</c> of the source checkout that the program lies in.
/// </summary>
public static class TorchLibrary
{
    /// <summary>Variable of the environment that names the library.</summary>
    public const string Variable = "DKL_TORCH";

    internal const string Name = "dkl_torch";

    // As dkl_interface of native/torch has it.
    private const int Interface = 2;

    private static readonly Lazy<Loaded> Library = new(Load);

    /// <summary>Why the library cannot be used, and what to do; null where it can.</summary>
    public static string? Absence => Library.Value.Absence;

    /// <summary>Path of the loaded library, or null.</summary>
    public static string? Path => Library.Value.Path;

    /// <summary>Tensors that are held at the moment, in the whole process.</summary>
    public static long LiveTensors
    {
        get
        {
            Require();
            return NativeMethods.dkl_live_tensors();
        }
    }

    /// <exception cref="TorchAbsentException">The library cannot be used.</exception>
    public static void Require()
    {
        if (Absence is { } absence)
        {
            throw new TorchAbsentException(absence);
        }
    }

    private static string FileName => OperatingSystem.IsWindows() ? "dkl_torch.dll"
        : OperatingSystem.IsMacOS() ? "libdkl_torch.dylib" : "libdkl_torch.so";

    private static Loaded Load()
    {
        string? named = Environment.GetEnvironmentVariable(Variable);
        if (named is { Length: > 0 } && PathIn(named) is null)
        {
            return new Loaded(
                null, 0, $"{Variable} names {named}, where no {FileName} is. Correct it, or leave it unset.");
        }

        string? path = named is { Length: > 0 } ? PathIn(named) : Beside();
        if (path is null)
        {
            return new Loaded(
                null, 0,
                $"The torch engine needs {FileName}, which is not there. Build it with native/torch/build.sh of the " +
                $"source (it needs libtorch), and name it by {Variable} where it does not lie beside the program.");
        }

        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return new Loaded(
                null, 0,
                $"{path} cannot be loaded: {exception.Message.ReplaceLineEndings(" ").Trim()} Is libtorch still where "
                + "it was when native/torch/build.sh was run? Run it again.");
        }

        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(), (name, _, _) => name == Name ? library : 0);
        int found = NativeLibrary.TryGetExport(library, nameof(NativeMethods.dkl_interface), out _)
            ? NativeMethods.dkl_interface() : 0;
        return found == Interface
            ? new Loaded(path, library, null)
            : new Loaded(
                null, library,
                $"{path} has interface {found}, and this version needs {Interface}. Run native/torch/build.sh again.");
    }

    private static string? PathIn(string place) =>
        File.Exists(place) ? System.IO.Path.GetFullPath(place)
        : File.Exists(System.IO.Path.Combine(place, FileName))
            ? System.IO.Path.GetFullPath(System.IO.Path.Combine(place, FileName)) : null;

    private static string? Beside()
    {
        if (PathIn(AppContext.BaseDirectory) is { } beside)
        {
            return beside;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "DklActors.sln")))
            {
                return PathIn(System.IO.Path.Combine(folder.FullName, "native", "torch", "build"));
            }
        }

        return null;
    }

    private sealed record Loaded(string? Path, nint Handle, string? Absence);
}
