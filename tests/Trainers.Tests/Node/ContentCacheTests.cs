using DklActors.Host.Trainers.Node;
using DklActors.Journal.Files;
using DklActors.Journal.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace DklActors.Trainers.Tests.Node;

public sealed class ContentCacheTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-cache-");
    private readonly ManualTimeProvider _time = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_kept_is_there_for_the_next_process_too()
    {
        Open(1000).Keep(HashOf(1, 100), ContentOf(1, 100));

        Open(1000).Find(HashOf(1, 100)).Should().Equal(ContentOf(1, 100));
    }

    [Fact]
    public void What_was_used_least_recently_goes_first()
    {
        ContentCache cache = Open(250);
        cache.Keep(HashOf(1, 100), ContentOf(1, 100));
        cache.Keep(HashOf(2, 100), ContentOf(2, 100));
        cache.Find(HashOf(1, 100)).Should().NotBeNull();

        cache.Keep(HashOf(3, 100), ContentOf(3, 100));

        cache.Find(HashOf(2, 100)).Should().BeNull();
        cache.Find(HashOf(1, 100)).Should().NotBeNull();
        cache.Bytes.Should().Be(200);
        Files().Sum(file => file.Length).Should().Be(200);
    }

    [Fact]
    public void One_that_is_larger_than_the_cache_is_not_kept()
    {
        ContentCache cache = Open(50);

        cache.Keep(HashOf(1, 100), ContentOf(1, 100));

        cache.Find(HashOf(1, 100)).Should().BeNull();
        Files().Should().BeEmpty();
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("cut short")]
    [InlineData("removed")]
    public void One_that_is_damaged_is_not_given_out_and_can_be_kept_anew(string damage)
    {
        ContentCache cache = Open(1000);
        cache.Keep(HashOf(1, 100), ContentOf(1, 100));
        string path = Files().Single().FullName;
        switch (damage)
        {
            case "changed":
                File.WriteAllBytes(path, ContentOf(2, 100));
                break;
            case "cut short":
                File.WriteAllBytes(path, ContentOf(1, 99));
                break;
            default:
                File.Delete(path);
                break;
        }

        cache.Find(HashOf(1, 100)).Should().BeNull();
        cache.Keep(HashOf(1, 100), ContentOf(1, 100));
        cache.Find(HashOf(1, 100)).Should().Equal(ContentOf(1, 100));
        cache.Bytes.Should().Be(100);
    }

    [Fact]
    public void What_a_process_left_unfinished_is_cleared_away()
    {
        Open(1000).Keep(HashOf(1, 100), ContentOf(1, 100));
        File.WriteAllBytes(Files().Single().FullName + ".part", [1]);

        Open(1000).Bytes.Should().Be(100);

        Files().Should().ContainSingle();
    }

    [Fact]
    public void A_full_disk_turns_it_off_for_a_minute_and_harms_nothing()
    {
        var files = new FullDisk { IsFull = true };
        ContentCache cache = Open(1000, files);

        cache.Keep(HashOf(1, 100), ContentOf(1, 100));

        cache.IsOn.Should().BeFalse();
        cache.Find(HashOf(1, 100)).Should().BeNull();
        Files().Should().BeEmpty();
        files.IsFull = false;
        cache.Keep(HashOf(1, 100), ContentOf(1, 100));
        cache.Find(HashOf(1, 100)).Should().BeNull("it is still off");
        _time.Advance(TimeSpan.FromSeconds(61));
        cache.Keep(HashOf(1, 100), ContentOf(1, 100));
        cache.Find(HashOf(1, 100)).Should().NotBeNull();
    }

    private FileInfo[] Files() => _folder.GetFiles("*", SearchOption.AllDirectories);

    private ContentCache Open(long bytes, IDurableFiles? files = null) =>
        new(_folder.FullName, bytes, files ?? LocalFiles.Instance, _time, NullLogger.Instance);

    private static ContentHash HashOf(byte value, int length) => ContentHash.Of(ContentOf(value, length));

    private static byte[] ContentOf(byte value, int length) => [.. Enumerable.Repeat(value, length)];
}
