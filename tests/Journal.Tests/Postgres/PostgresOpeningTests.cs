using DklActors.Journal.Postgres;
using DklActors.Journal.Storage;
using DklActors.Support.Postgres;

namespace DklActors.Journal.Tests.Postgres;

[Collection(PostgresServer.Collection)]
public sealed class PostgresOpeningTests(PostgresServer server) : IDisposable
{
    private readonly PostgresTestJournal _journal = new(server);

    public void Dispose() => _journal.Dispose();

    [PostgresFact]
    public void A_table_of_another_program_is_refused_and_left_as_it_is()
    {
        _journal.Tamper("CREATE TABLE journal (ordering BIGINT); INSERT INTO journal VALUES (7)");

        Opening().Should().Throw<JournalException>()
            .WithMessage("*cannot be opened*table journal that is not of this software*Search Path*");
        Reading().Should().Throw<JournalException>().WithMessage("*cannot be read*holds no journal of this software*");

        _journal.Ask<long>("SELECT ordering FROM journal").Should().Be(7);
        _journal.Ask<long>("SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()").Should().Be(1);
    }

    [PostgresFact]
    public void A_head_of_another_program_is_refused()
    {
        _journal.Tamper("CREATE TABLE journal_head (name TEXT)");

        Opening().Should().Throw<JournalException>().WithMessage("*table journal_head that is not of this software*");
    }

    [PostgresFact]
    public async Task A_newer_format_is_refused_with_both_versions()
    {
        await _journal.Open().DisposeAsync();
        _journal.Tamper("UPDATE journal_head SET format = 2");

        Opening().Should().Throw<JournalException>()
            .WithMessage("*format 2*reads format 1*Use the version that wrote it*");
        Reading().Should().Throw<JournalException>().WithMessage("*format 2*reads format 1*");
    }

    [PostgresFact]
    public void Reading_where_there_is_no_journal_makes_none()
    {
        Reading().Should().Throw<JournalException>().WithMessage("*holds no journal*");

        _journal.Ask<long>("SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema()").Should().Be(0);
    }

    [PostgresTheory]
    [InlineData("Host=/nowhere;Database=postgres;Username=dkl;Password=secret", "*cannot be opened*")]
    [InlineData("{server};Search Path=missing;Password=secret", "*schemas of the search path exists*CREATE SCHEMA*")]
    [InlineData("{server};Database=missing;Password=secret", "*\"missing\" does not exist*create the database*")]
    [InlineData("{server};Username=nobody;Password=secret", "*\"nobody\" does not exist*PGPASSWORD*")]
    [InlineData("{server};Hast=secret", "*no connection string*")]
    [InlineData("secret", "*no connection string*")]
    [InlineData("{server};Port=secret", "*no connection string*")]
    [InlineData("Database=secret-less", "*no connection string*Host*")]
    public void What_cannot_be_opened_is_told_with_a_remedy_and_never_with_the_password(string connection, string words)
    {
        _journal.Connection = connection.Replace("{server}", server.Connection, StringComparison.Ordinal);

        string message = Opening().Should().Throw<JournalException>().WithMessage(words).Which.ToString();
        message.Should().NotContain("secret;").And.NotContain("Password=");
        $"{Options()}".Should().NotContain("secret");
    }

    [PostgresFact]
    public void A_role_without_rights_is_told_what_it_lacks()
    {
        _journal.Tamper("DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN");
        _journal.Connection = $"{server.Connection};Username=guest";

        Opening().Should().Throw<JournalException>().WithMessage("*permission denied*grant*Search Path*");
    }

    private PostgresJournalOptions Options() =>
        new(_journal.Connection, "run", _journal.Folder, "tests", TimeSpan.FromSeconds(10));

    private Action Opening() => () => PostgresEventStore.Open(Options(), TimeProvider.System);

    private Action Reading() => () => _journal.OpenForReading();
}
