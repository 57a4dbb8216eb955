using System.Text.Json;
using System.Text.RegularExpressions;
using DklActors.Daemon.Tests.Daemons;
using DklActors.Support.Lines;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DklActors.Daemon.Tests.Browser;

/// <summary>A scientist at the dashboard of a real daemon on a simulated microscope.</summary>
public sealed partial class DashboardTests : IDisposable
{
    private static readonly string[] Views =
        ["map", "frames", "learning", "embedding", "pipeline", "journal", "physics"];

    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task From_the_recipe_to_the_finished_run()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        await using var line = new CuttableLine(daemon.Address);
        using ApiClient anna = daemon.Client("Watcher");
        await using Page page = await Page.OpenAsync(line.Address, daemon.ControllerToken);
        await page.TakeSeatAsync();

        string id = await StartAsync(page);
        await WatchPointsArriveAsync(page, anna, id);
        await PauseAndResumeAsync(page, anna, id);
        await ForceAPointAsync(page, anna, id);
        await ChangeTheScalarizerAsync(page, anna, id);
        await ReloadAsync(page, anna, id);
        await LoseAndRegainTheLineAsync(page, line, anna, id);
        await FinishAsync(page, anna, id);
        await OpenTheFinishedRunAsync(page, id);
        page.Troubles.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task The_keys_do_what_they_say_and_escape_asks()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = await daemon.SeatedAsync("Bert");
        string id = await bert.SubmitAsync(Recipes.Long);
        await bert.UntilMeasuredAsync(id, 2);
        await using Page page = await Page.OpenAsync(daemon.Address, daemon.ControllerToken);
        await Expect(page.Readout("run")).ToContainTextAsync("running");

        await page.It.Keyboard.PressAsync("b");
        await bert.UntilAsync(id, static status => status.GetProperty("state").GetString() == "paused");
        await Expect(page.Readout("run")).ToContainTextAsync("paused");
        await Expect(page.Readout("beam")).ToContainTextAsync("BLANKED");
        await page.It.Keyboard.PressAsync("Escape");
        ILocator dialog = page.It.Locator("dialog[open]");
        await Expect(dialog).ToContainTextAsync("Abort");
        await page.It.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        (await bert.GetAsync($"experiments/{id}")).Json.GetProperty("state").GetString().Should().Be("paused");

        await page.It.Keyboard.PressAsync("Escape");
        await dialog.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Abort") }).ClickAsync();
        (await bert.UntilEndedAsync(id)).GetProperty("state").GetString().Should().Be("aborted");
        page.Troubles.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task An_observer_sees_everything_and_can_press_nothing()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = await daemon.SeatedAsync("Bert");
        string id = await bert.SubmitAsync(Recipes.Long);
        await bert.UntilMeasuredAsync(id, 2);
        await using Page page = await Page.OpenAsync(daemon.Address, daemon.ObserverToken);

        await Expect(page.Readout("run")).ToContainTextAsync("running");
        foreach (string command in new[] { "pause", "stop", "abort", "blank" })
        {
            await Expect(page.Command(command)).ToHaveAttributeAsync("aria-disabled", "true");
        }

        await page.It.Keyboard.PressAsync("b");
        (await bert.GetAsync($"experiments/{id}")).Json.GetProperty("state").GetString().Should().Be("running");
    }

    private static async Task<string> StartAsync(Page page)
    {
        await page.ShowAsync("start");
        await page.It.GetByLabel("Recipe in YAML").FillAsync(Recipes.Text
            .Replace("measurements: 4", "measurements: 120").Replace("dwell: 4 ms", "dwell: 40 ms"));
        await Expect(page.It.Locator("body")).ToContainTextAsync("126");
        await page.PhotographAsync("start");
        await page.It.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.It).ToHaveURLAsync(new Regex("#/experiments/tiny-"));
        return IdInAddress().Match(page.It.Url).Groups[1].Value;
    }

    private static async Task WatchPointsArriveAsync(Page page, ApiClient anna, string id)
    {
        await Expect(page.Readout("run")).ToContainTextAsync("running");
        await anna.UntilMeasuredAsync(id, 8);
        await Expect(page.Readout("points")).ToContainTextAsync(new Regex(@"([89]|\d\d+) / 126"));
        await page.PhotographAsync("map-live");
    }

    private static async Task PauseAndResumeAsync(Page page, ApiClient anna, string id)
    {
        await page.Command("pause").ClickAsync();
        await anna.UntilAsync(id, static status => status.GetProperty("state").GetString() == "paused");
        await Expect(page.Readout("run")).ToContainTextAsync("paused");
        await page.Command("resume").ClickAsync();
        await anna.UntilAsync(id, static status => status.GetProperty("state").GetString() == "running");
        await Expect(page.Readout("run")).ToContainTextAsync("running");
    }

    private static async Task ForceAPointAsync(Page page, ApiClient anna, string id)
    {
        ILocator map = page.It.GetByLabel(new Regex("^Map, ")).First;
        await map.ClickAsync(new LocatorClickOptions
        {
            Modifiers = [KeyboardModifier.Shift], Position = new Position { X = 140, Y = 190 },
        });
        ILocator dialog = page.It.Locator("dialog[open]");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Measure here" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        (await anna.GetAsync($"experiments/{id}/snapshot")).Json.GetProperty("points").EnumerateArray()
            .Should().Contain(static point => point.GetProperty("rule").GetString() == "forced");
    }

    private static async Task ChangeTheScalarizerAsync(Page page, ApiClient anna, string id)
    {
        await page.ShowAsync("physics");
        ILocator form = page.It.GetByRole(AriaRole.Tabpanel).First;
        await form.GetByRole(AriaRole.Combobox).First.SelectOptionAsync("band-sum");
        await form.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(page.It.GetByLabel("Preview")).ToContainTextAsync("same story");
        await page.PhotographAsync("physics-preview");
        await form.GetByRole(AriaRole.Button, new() { Name = "Apply at the next point" }).ClickAsync();
        await page.It.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
        JsonElement changed = await anna.UntilAsync(id, static status => status.GetProperty("choices")
            .GetProperty("scalarizer").GetProperty("kind").GetString() == "band-sum");
        changed.GetProperty("choices").GetProperty("scalarizerIdentity").GetString().Should().StartWith("band-sum");
        await Expect(page.It.Locator("body")).ToContainTextAsync("Now: band-sum");
    }

    private static async Task ReloadAsync(Page page, ApiClient anna, string id)
    {
        await page.It.ReloadAsync();
        await Expect(page.Readout("link")).ToContainTextAsync("live");
        int measured = (await anna.GetAsync($"experiments/{id}")).Json.GetProperty("measured").GetInt32();
        await anna.UntilMeasuredAsync(id, measured + 2);
        await Expect(page.Readout("run")).ToContainTextAsync("running");
    }

    private static async Task LoseAndRegainTheLineAsync(
        Page page, CuttableLine line, ApiClient anna, string id)
    {
        line.Cut();
        await Expect(page.Readout("link")).ToContainTextAsync("lost");
        await Expect(page.Readout("beam")).ToContainTextAsync("UNKNOWN");
        await page.PhotographAsync("link-lost");
        int measured = (await anna.GetAsync($"experiments/{id}")).Json.GetProperty("measured").GetInt32();
        await anna.UntilMeasuredAsync(id, measured + 5);
        line.Mend();
        await Expect(page.Readout("link")).ToContainTextAsync("live");
        await Expect(page.Readout("beam")).Not.ToContainTextAsync("UNKNOWN");
    }

    private static async Task FinishAsync(Page page, ApiClient anna, string id)
    {
        JsonElement ended = await anna.UntilEndedAsync(id);
        ended.GetProperty("state").GetString().Should().Be("completed");
        await Expect(page.Readout("run")).ToContainTextAsync("completed");
        await Expect(page.Readout("points")).ToContainTextAsync("126 / 126");
    }

    private static async Task OpenTheFinishedRunAsync(Page page, string id)
    {
        foreach (string view in Views)
        {
            await page.ShowAsync(view);
            ILocator host = page.It.Locator("main");
            await Expect(host).ToBeVisibleAsync();
            await Expect(host).Not.ToContainTextAsync(new Regex("cannot be|went wrong|Error", RegexOptions.None));
            await page.It.WaitForLoadStateAsync(LoadState.NetworkIdle);
            // The belief of a run that is over is derived from its journal, which takes a moment.
            await Expect(host).Not.ToContainTextAsync("No prediction yet");
            await page.PhotographAsync($"finished-{view}");
        }

        // The time slider shows any past moment of the whole page.
        await page.ShowAsync("journal");
        ILocator slider = page.It.GetByLabel("Moment of the run", new() { Exact = true });
        await slider.FocusAsync();
        for (int i = 0; i < 5; i++)
        {
            await slider.PressAsync("PageDown");
        }

        await Expect(page.It.Locator(".moment")).ToContainTextAsync("Past: event");
        await page.ShowAsync("map");
        await page.PhotographAsync("past-map");
        await page.It.Locator(".moment").ClickAsync();
        await Expect(page.It.Locator(".moment")).ToBeHiddenAsync();
        page.It.Url.Should().Contain(id);
    }

    [GeneratedRegex("#/experiments/([^/]+)")]
    private static partial Regex IdInAddress();
}
