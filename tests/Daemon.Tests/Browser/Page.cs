using Microsoft.Playwright;

namespace DklActors.Daemon.Tests.Browser;

/// <summary>A person at the dashboard, in Chromium. What the page says on its console goes wrong is kept.</summary>
internal sealed class Page : IAsyncDisposable
{
    // What a page waits for takes a second; a machine under load may take its time.
    private const float PatienceMs = 90_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly List<string> _troubles = [];

    private Page(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        It = page;
        page.PageError += (_, error) => Note(error);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                Note($"{response.Status} {response.Request.Method} {response.Url}");
            }
        };
        page.Console += (_, message) =>
        {
            // A connection that is lost on purpose is told by the browser itself.
            if (message.Type == "error" && !message.Text.Contains("net::ERR", StringComparison.Ordinal)
                && !message.Text.Contains("WebSocket", StringComparison.Ordinal))
            {
                Note(message.Text);
            }
        };
    }

    public IPage It { get; }

    /// <summary>Errors of the page's own making.</summary>
    public IReadOnlyList<string> Troubles
    {
        get
        {
            lock (_troubles)
            {
                return [.. _troubles];
            }
        }
    }

    public static async Task<Page> OpenAsync(Uri address, string token, string name = "Anna")
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = BrowserFactAttribute.Browser,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(PatienceMs);
        var page = new Page(playwright, browser, await context.NewPageAsync());
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        await page.It.GotoAsync($"{address}#token={token}");
        page.Name = name;
        return page;
    }

    public string Name { get; private set; } = "";

    public ILocator Command(string id) => It.Locator($"[data-command={id}]");

    public async Task TakeSeatAsync()
    {
        await It.Locator("[data-action=seat]").ClickAsync();
        ILocator dialog = It.Locator("dialog[open]");
        await dialog.GetByLabel("Your name").FillAsync(Name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take seat" }).ClickAsync();
        await Assertions.Expect(It.Locator("[data-seat=mine]")).ToBeVisibleAsync();
    }

    /// <summary>One of what is always in sight: beam, run, points, dose, model, link, watchdog.</summary>
    public ILocator Readout(string id) => It.Locator($"[data-readout={id}]");

    /// <summary>Opens one of the views by its tab.</summary>
    public Task ShowAsync(string view) => It.Locator($"a[data-view={view}]").ClickAsync();

    /// <summary>A picture for people, where DKL_PICTURES names a folder for them.</summary>
    public async Task PhotographAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("DKL_PICTURES") is { Length: > 0 } folder)
        {
            await It.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    private void Note(string trouble)
    {
        lock (_troubles)
        {
            _troubles.Add(trouble);
        }
    }
}
