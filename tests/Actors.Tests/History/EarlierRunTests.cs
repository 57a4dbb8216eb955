using DklActors.Actors.Experiments;
using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;

namespace DklActors.Actors.Tests.History;

public sealed class EarlierRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-earlier-");

    public static TheoryData<string> Names => [.. EarlierJournals.Names];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_follows_from_what_an_earlier_version_wrote(string name)
    {
        var journal = SqliteJournalFile.Open(EarlierJournals.CopyTo(_folder.FullName, name));

        ExperimentState state = ExperimentState.Fold(
            journal.Read(journal.Streams[0]).Select(stored => stored.Event));

        state.Run.Should().Be(RunState.Completed);
        state.Measured.Should().Be(22);
        state.Usable.Should().HaveCount(22);
        state.Model.Should().NotBeNull();
        state.Dose.OpenReservations.Should().Be(0);
        state.Dose.TotalElectrons.Should().BePositive();
    }
}
