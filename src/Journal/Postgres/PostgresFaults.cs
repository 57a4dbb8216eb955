using System.Net.Sockets;
using DklActors.Journal.Storage;
using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>What the server's and the driver's errors mean here.</summary>
internal static class PostgresFaults
{
    private const string IdleInTransactionTimeout = "25P03";

    // https://www.postgresql.org/docs/current/errcodes-appendix.html. A lock or statement timeout is not among them:
    // it is our own deadline that has passed.
    private static readonly HashSet<string> Passing =
    [
        PostgresErrorCodes.AdminShutdown,
        PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow,
        IdleInTransactionTimeout,
        PostgresErrorCodes.TooManyConnections,
        PostgresErrorCodes.DeadlockDetected,
        PostgresErrorCodes.SerializationFailure,
    ];

    private static readonly HashSet<string> Restarting =
    [
        PostgresErrorCodes.AdminShutdown,
        PostgresErrorCodes.CrashShutdown,
        PostgresErrorCodes.CannotConnectNow,
    ];

    /// <summary>Whether another connection in a while may do: the server restarts, or the way to it was cut.</summary>
    public static bool IsPassing(Exception exception) => exception is PostgresException answered
        ? Passing.Contains(answered.SqlState) || answered.SqlState.StartsWith("08", StringComparison.Ordinal)
        : exception is NpgsqlException or SocketException or IOException;

    /// <summary>Whether a server answered that it will be there shortly.</summary>
    public static bool IsRestarting(Exception exception) =>
        exception is PostgresException answered && Restarting.Contains(answered.SqlState);

    /// <summary>The error in one sentence, without a full stop, and what a person can do where that is known.</summary>
    public static string WordsOf(Exception exception)
    {
        string text = exception is PostgresException answered ? answered.MessageText : exception.Message;
        if (exception is NpgsqlException { InnerException: { } cause } and not PostgresException)
        {
            text = $"{text.TrimEnd('.')} ({cause.Message.TrimEnd('.')})";
        }

        string remedy = (exception as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                "; give the password in PGPASSWORD or ~/.pgpass",
            PostgresErrorCodes.InvalidCatalogName => "; create the database, or name another one",
            PostgresErrorCodes.InsufficientPrivilege =>
                "; grant the role what it needs, or name a schema of its own with Search Path",
            _ => "",
        };
        return text.ReplaceLineEndings(" ").TrimEnd('.') + remedy;
    }

    /// <summary>What a reader makes of an error: damage where the server found some.</summary>
    public static JournalException OfReading(string name, Exception exception) =>
        exception is PostgresException
        {
            SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted,
        }
            ? new JournalDamagedException($"The journal {name} is damaged: {WordsOf(exception)}.", exception)
            : new JournalException($"The journal {name} cannot be read: {WordsOf(exception)}.", exception);
}
