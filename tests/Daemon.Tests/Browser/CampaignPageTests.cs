using System.Text.RegularExpressions;
using DklActors.Daemon.Tests.Daemons;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DklActors.Daemon.Tests.Browser;

/// <summary>A campaign in the dashboard: its regions together, and what they have in common once it is over.</summary>
public sealed class CampaignPageTests : IDisposable
{
    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task From_a_recipe_with_regions_to_their_comparison()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = daemon.Client("Watcher");
        await using Page page = await Page.OpenAsync(daemon.Address, daemon.ControllerToken);
        await page.TakeSeatAsync();
        await page.ShowAsync("start");
        await page.It.GetByLabel("Recipe in YAML").FillAsync(Recipes.Campaign.Replace("dwell: 4 ms", "dwell: 80 ms"));
        ILocator dryRun = page.It.GetByLabel("Dry run");
        await Expect(dryRun).ToContainTextAsync("3 regions");
        await Expect(page.It.GetByLabel("Recipe text")).ToContainTextAsync("left, middle, right have of their own");
        await page.PhotographAsync("campaign-start");
        await page.It.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.It).ToHaveURLAsync(new Regex("#/experiments/tiny-[^/]*-left"));

        ILocator campaign = page.It.Locator(".campaign");
        await Expect(campaign.Locator(".experiment-name")).ToHaveTextAsync(
            ["A tiny experiment", "left", "middle", "right"]);
        await Expect(campaign).ToContainTextAsync("0 of 3 regions");
        await page.ShowAsync("regions");
        await Expect(page.It.GetByLabel("Comparison")).ToContainTextAsync("when the campaign is over");
        string id = (await anna.GetAsync("campaigns")).Json[0].GetProperty("id").GetString()!;
        await anna.UntilMeasuredAsync($"{id}-middle", 1);
        await Expect(campaign).ToContainTextAsync("1 of 3 regions");
        await page.PhotographAsync("campaign-live");

        await anna.UntilComparedAsync(id);
        await campaign.GetByRole(AriaRole.Link, new() { Name = "Comparison" }).ClickAsync();
        ILocator figure = page.It.Locator(".regions-figure img");
        await Expect(figure).ToBeVisibleAsync();
        (await figure.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"))
            .Should().BePositive();
        await Expect(page.It.GetByLabel("Comparison")).ToContainTextAsync("Structure alike");
        await Expect(page.It.GetByLabel("Regions", new() { Exact = true }).GetByRole(AriaRole.Row).Last)
            .ToContainTextAsync(new Regex("right.*completed.*10 / 10"));
        await page.PhotographAsync("campaign-over");
        page.Troubles.Should().BeEmpty();
    }
}
