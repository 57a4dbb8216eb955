using System.Net.Http.Headers;
using DklActors.Daemon.Tests.Daemons;
using DklActors.Host.Trainers.Contents;
using DklActors.Host.Trainers.Secrets;
using DklActors.Journal.Storage;

namespace DklActors.Daemon.Tests.Trainers;

/// <summary>What trainer nodes may fetch and hand in.</summary>
public sealed class ContentRoutesTests : IDisposable
{
    private static readonly byte[] Content = [1, 2, 3, 5, 8, 13];

    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_content_is_fetched_by_its_hash_for_as_long_as_it_is_lent()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient node = Node(daemon);
        ContentLoan loan = daemon.Shelf.Lend(Content);
        using ContentLoan second = daemon.Shelf.Lend(Content);

        loan.Dispose();
        loan.Dispose();
        (await node.GetAsync($"contents/{loan.Hash}")).Bytes.Should().Equal(Content, "another run lends it still");
        second.Dispose();
        Answer gone = await node.GetAsync($"contents/{loan.Hash}");
        gone.Status.Should().Be(404);
        gone.MediaType.Should().Be("application/problem+json");
    }

    [Fact]
    public async Task A_state_is_taken_in_with_its_own_hash_alone()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient node = Node(daemon);
        var hash = ContentHash.Of(Content);

        (await PutAsync(node, hash, [.. Content, 21])).Should().Be(400);
        daemon.Shelf.TryTake(hash, out _).Should().BeFalse();
        (await PutAsync(node, hash, Content)).Should().Be(204);
        (await PutAsync(node, hash, Content)).Should().Be(204, "a node whose answer was lost sends it again");
        daemon.Shelf.TryTake(hash, out ReadOnlyMemory<byte> taken).Should().BeTrue();
        taken.ToArray().Should().Equal(Content);
        daemon.Shelf.TryTake(hash, out _).Should().BeFalse("what was taken is not kept");
        (await node.GetAsync("contents/xyz")).Status.Should().Be(400);
    }

    [Fact]
    public async Task A_state_may_be_larger_than_any_other_request_and_not_without_end()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient node = Node(daemon);
        byte[] large = new byte[5 << 20];

        (await PutAsync(node, ContentHash.Of(large), large)).Should().Be(204);
        byte[] huge = new byte[ContentShelf.LargestContent + 1];
        (await PutAsync(node, ContentHash.Of(huge), huge)).Should().Be(413);
    }

    [Fact]
    public async Task A_trainer_sees_nothing_else_and_nobody_else_sees_contents()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient node = Node(daemon);
        using ContentLoan loan = daemon.Shelf.Lend(Content);

        foreach (string path in new[] { "session", "experiments", "trainers", "/metrics", "openapi.json" })
        {
            (await node.GetAsync(path)).Status.Should().Be(403, path);
        }

        (await node.PostAsync("experiments", new { recipe = Recipes.Text })).Status.Should().Be(403);
        foreach (string token in new[] { daemon.ObserverToken, daemon.ControllerToken })
        {
            using ApiClient person = daemon.Client(token: token);
            (await person.GetAsync($"contents/{loan.Hash}")).Status.Should().Be(403);
            (await PutAsync(person, ContentHash.Of(Content), Content)).Should().Be(403);
        }
    }

    [Fact]
    public async Task A_daemon_without_a_broker_says_so()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = daemon.Client();

        Answer answer = await anna.GetAsync("trainers");

        answer.Status.Should().Be(200);
        answer.Json.GetProperty("broker").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        answer.Json.GetProperty("nodes").GetArrayLength().Should().Be(0);
    }

    private ApiClient Node(RunningDaemon daemon) => daemon.Client(
        "node", TrainerToken.Read(Path.Combine(_folder.Root, TrainerToken.FileName)).Text);

    private static async Task<int> PutAsync(ApiClient node, ContentHash hash, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/contents/{hash.Hex}") { Content = body };
        // What is too large is refused before it is sent.
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage response = await node.Http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
