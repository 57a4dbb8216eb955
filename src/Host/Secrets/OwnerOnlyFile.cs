using System.Text;
using DklActors.Host.Commands;

namespace DklActors.Host.Secrets;

/// <summary>A short text that nobody but the user of the file may read (mode 600).</summary>
internal static class OwnerOnlyFile
{
    private const int MostBytes = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="UsageException">It is not there, is too large, or others can read it.</exception>
    public static string Read(string path, string whatItIs)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            {
                throw new UsageException(
                    $"{path} can be read by others (mode {File.GetUnixFileMode(path)}): run 'chmod 600' on it; if "
                    + $"anybody did read it, replace {whatItIs}.");
            }

            return new FileInfo(path).Length <= MostBytes
                ? File.ReadAllText(path, Encoding.UTF8).Trim()
                : throw new UsageException($"{path} is too large to be {whatItIs}; name the right file.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read ({exception.Message}); it has to hold {whatItIs}.");
        }
    }

    /// <summary>Makes the file, which must not be there yet.</summary>
    public static void Make(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
