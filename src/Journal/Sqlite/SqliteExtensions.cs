using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

internal static class SqliteExtensions
{
    /// <summary>Runs statements that take no parameters and return nothing.</summary>
    public static void Execute(this SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Callers pass constants; values go through parameters elsewhere.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    public static SqliteParameter Declare(this SqliteCommand command, string name, SqliteType type) =>
        command.Parameters.Add(name, type);
}
