using DklActors.Journal.Storage;
using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>Makes connections, each held to the same bounds whatever the server's defaults are.</summary>
internal sealed class PostgresConnector
{
    private static readonly TimeSpan CancellationPatience = TimeSpan.FromSeconds(1);

    private readonly string _connection;
    private readonly TimeSpan _deadline;

    /// <param name="connection">Npgsql's connection string.</param>
    /// <param name="deadline">Longest time that the server may take over one request.</param>
    /// <exception cref="JournalException">It is none; its text is not repeated, for it may hold a password.</exception>
    public PostgresConnector(string connection, TimeSpan deadline)
    {
        _deadline = deadline;
        try
        {
            NpgsqlConnectionStringBuilder builder = PostgresConnection.Parse(connection);
            builder.ApplicationName ??= "dkl";
            builder.Pooling = false;
            builder.Enlist = false;
            builder.Timeout = SecondsOf(deadline);
            // The server's own timeouts come first, and say what it waited for.
            builder.CommandTimeout = SecondsOf(deadline) + 1;
            builder.CancellationTimeout = (int)CancellationPatience.TotalMilliseconds;
            builder.TcpKeepAlive = true;
            _connection = builder.ToString();
            Name = $"{builder.Database ?? builder.Username} on {builder.Host}";
        }
        catch (ArgumentException exception)
        {
            throw new JournalException(
                "The connection of the journal is no connection string of Npgsql, such as "
                + $"'Host=db.lab;Database=dkl;Username=dkl': {exception.Message.TrimEnd('.')}.",
                exception);
        }
    }

    /// <summary>The database and its host, for people.</summary>
    public string Name { get; }

    /// <summary>A connection whose commits are durable when they are answered.</summary>
    /// <param name="patience">Longest wait for a lock, and longest pause inside a transaction.</param>
    /// <exception cref="NpgsqlException">There is no server, or it refused.</exception>
    public NpgsqlConnection OpenForWriting(TimeSpan patience) => Open($"""
        SET lock_timeout = {MillisecondsOf(patience)};
        SET statement_timeout = {MillisecondsOf(_deadline)};
        SET idle_in_transaction_session_timeout = {MillisecondsOf(patience)};
        SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit')
            WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false)
        """);

    /// <summary>A connection that reads page by page, along an index.</summary>
    /// <remarks>
    /// Of a table that was filled just now the server knows too little, and would rather collect and sort a whole
    /// stream for each page of it.
    /// </remarks>
    /// <exception cref="NpgsqlException">There is no server, or it refused.</exception>
    public NpgsqlConnection OpenForReading() => Open($"""
        SET default_transaction_read_only = on;
        SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; SET jit = off;
        SET statement_timeout = {MillisecondsOf(_deadline)}
        """);

    /// <summary>A connection that goes through whole tables.</summary>
    /// <param name="longest">Longest time for one statement.</param>
    /// <exception cref="NpgsqlException">There is no server, or it refused.</exception>
    public NpgsqlConnection OpenForChecking(TimeSpan longest) => Open($"""
        SET default_transaction_read_only = on;
        SET statement_timeout = {MillisecondsOf(longest)}
        """);

    private NpgsqlConnection Open(string settings)
    {
        var connection = new NpgsqlConnection(_connection);
        try
        {
            connection.Open();
            connection.Execute(settings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Zero would mean for ever.
    private static int SecondsOf(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));

    private static int MillisecondsOf(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalMilliseconds));
}
