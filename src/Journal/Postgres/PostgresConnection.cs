using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>What can be said of a connection string before anybody connects.</summary>
public static class PostgresConnection
{
    /// <summary>Whether it holds a password, which has no place in a file that is kept or passed on.</summary>
    /// <exception cref="FormatException">It is no connection string; its values are not repeated.</exception>
    public static bool HoldsPassword(string connection)
    {
        try
        {
            NpgsqlConnectionStringBuilder parts = Parse(connection);
            return parts.Password is not null || parts.SslPassword is not null;
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <exception cref="ArgumentException">It is no connection string, or names no host.</exception>
    internal static NpgsqlConnectionStringBuilder Parse(string connection)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException)
        {
            throw new ArgumentException(exception.Message, exception);
        }

        return string.IsNullOrEmpty(parts.Host) ? throw new ArgumentException("it names no Host") : parts;
    }
}
