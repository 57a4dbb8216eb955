using Npgsql;

namespace DklActors.Journal.Postgres;

internal static class PostgresExtensions
{
    /// <summary>A command with positional parameters: $1, $2.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params object[] values)
    {
        NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Callers pass constants; values go through parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    public static void Execute(this NpgsqlConnection connection, string sql, params object[] values)
    {
        using NpgsqlCommand command = connection.Command(sql, values);
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row, or null.</summary>
    public static object? Ask(this NpgsqlConnection connection, string sql, params object[] values)
    {
        using NpgsqlCommand command = connection.Command(sql, values);
        return command.ExecuteScalar();
    }
}
