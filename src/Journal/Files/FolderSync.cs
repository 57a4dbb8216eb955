using System.Runtime.InteropServices;

namespace DklActors.Journal.Files;

/// <summary>
/// Makes the entries of a folder durable, which .NET has no call for: POSIX asks for fsync on the folder itself.
/// NTFS writes its entries through a log of its own, and needs nothing.
/// </summary>
internal static class FolderSync
{
    private const int ReadOnly = 0; // O_RDONLY, the same on Linux and macOS
    private const int Interrupted = 4; // EINTR
    private const int InvalidArgument = 22; // EINVAL: a file system that has nothing to sync in a folder

    /// <exception cref="IOException">The folder cannot be opened or synchronised.</exception>
    public static void Run(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw ErrorOf(path);
        }

        try
        {
            while (Sync(descriptor) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error == InvalidArgument)
                {
                    return;
                }

                if (error != Interrupted)
                {
                    throw ErrorOf(path);
                }
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException ErrorOf(string path) =>
        new($"The folder {path} cannot be made durable: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
