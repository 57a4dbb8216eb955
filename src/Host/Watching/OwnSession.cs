using System.Runtime.InteropServices;

namespace DklActors.Host.Watching;

/// <summary>Takes a process out of the session of the one that started it.</summary>
internal static class OwnSession
{
    /// <summary>
    /// From now on neither Ctrl+C in that terminal nor its closing reaches this process. Does nothing where it leads a
    /// session already, or where there are none.
    /// </summary>
    public static void Begin()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSid();
        }
    }

    [DllImport("libc", EntryPoint = "setsid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetSid();
}
