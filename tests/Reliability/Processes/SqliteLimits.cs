using System.Runtime.InteropServices;

namespace DklActors.Reliability.Processes;

/// <summary>
/// Stands in for a full disk below SQLite: its own limit of pages gives the same SQLITE_FULL in the same places. Set on
/// every connection of this process, by SQLite's own hook for that, since those of a run are not ours to configure.
/// </summary>
internal static partial class SqliteLimits
{
    // SQLite keeps the pointer for as long as the process lives.
    private static EntryPoint? Hook { get; set; }

    private delegate int EntryPoint(nint database, nint message, nint api);

    public static void KeepEveryDatabaseBelow(int pages)
    {
        SQLitePCL.Batteries_V2.Init();
        Hook = (database, _, _) => Execute(database, $"PRAGMA max_page_count = {pages}", 0, 0, 0);
        if (AddHook(Marshal.GetFunctionPointerForDelegate(Hook)) is not 0 and int code)
        {
            throw new InvalidOperationException($"SQLite refused the hook with code {code}.");
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_auto_extension")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AddHook(nint hook);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_exec", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(nint database, string sql, nint callback, nint argument, nint error);
}
