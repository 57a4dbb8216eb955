using System.Threading.RateLimiting;
using DklActors.Host.Running;
using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Campaigns;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Serving.Exporting;
using DklActors.Host.Serving.Live;
using DklActors.Host.Serving.Looking;
using DklActors.Host.Serving.Page;
using DklActors.Host.Serving.Submitting;
using DklActors.Host.Trainers.Contents;
using DklActors.Host.Trainers.Secrets;
using DklActors.Host.Watching;
using DklActors.Host.Watching.Linking;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace DklActors.Host.Serving;

/// <summary>Puts the daemon together.</summary>
internal static class DaemonComposition
{
    private const long LargestBody = 1 << 20;

    // A page asks for some maps, frames and the state once or twice a second.
    private const int RequestsASecond = 200;
    private const int BurstOfRequests = 400;

    public static WebApplication Build(ServeRequest request, DataFolder data, TimeProvider time)
    {
        ThreadFloor.Raise();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DaemonComposition).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrel(options => Configure(options, request));
        DaemonLog.Add(builder, data, request.LogLevel);
        builder.Services.AddWindowsService(static options => options.ServiceName = "dkl");
        AddServices(builder.Services, request, data, time);
        WebApplication app = builder.Build();
        UseGuards(app);
        MapAll(app);
        return app;
    }

    private static void Configure(KestrelServerOptions options, ServeRequest request)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = LargestBody;
        options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        options.Limits.MaxConcurrentConnections = 1000;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        foreach (Uri address in ListenRules.AddressesOf(request))
        {
            Listen(options, address, request);
        }
    }

    private static void Listen(KestrelServerOptions options, Uri address, ServeRequest request)
    {
        if (address.Host == "localhost")
        {
            options.ListenLocalhost(address.Port, Secure);
        }
        else
        {
            options.Listen(System.Net.IPAddress.Parse(address.DnsSafeHost), address.Port, Secure);
        }

        void Secure(ListenOptions listen)
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.UseHttps(Certificates.Read(request));
            }
        }
    }

    private static void AddServices(
        IServiceCollection services, ServeRequest request, DataFolder data, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton(data);
        services.AddSingleton(request);
        services.AddSingleton(AccessTokens.ReadOrMake(data.Tokens));
        services.AddSingleton(TrainerToken.ReadOrMake(data.TrainerToken));
        services.AddSingleton<ContentShelf>();
        services.AddSingleton<TrainerDesk>();
        services.AddSingleton<SeatKeeper>();
        services.AddSingleton(provider => new ExperimentRegistry(
            data, request.LogLevel, provider.GetRequiredService<WatchdogLink>(),
            provider.GetRequiredService<TrainerDesk>(), provider.GetRequiredService<RunLibrary>(),
            provider.GetRequiredService<CampaignComparer>(), time,
            provider.GetRequiredService<ILogger<ExperimentRegistry>>()));
        services.AddSingleton(provider =>
        {
            ILogger log = provider.GetRequiredService<ILogger<WatchdogLink>>();
            return new WatchdogLink(
                WatchdogOptions.In(data.Root), time, text => log.LogWarning("Watchdog: {Text}", text));
        });
        services.AddHostedService<SignsOfLife>();
        services.AddSingleton<DaemonState>();
        services.AddSingleton<RunLibrary>();
        services.AddSingleton<RecipeShelf>();
        services.AddSingleton<PathGuard>();
        services.AddSingleton<SubmittedRecipes>();
        services.AddSingleton<Commander>();
        services.AddSingleton<CampaignComparer>();
        services.AddSingleton<CampaignCommander>();
        services.AddSingleton(new DaemonMetrics());
        services.AddSingleton<Trials>();
        services.AddSingleton<RunExport>();
        services.AddSingleton(PageFiles.Read(Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        services.AddHostedService<ExperimentsAtRest>();
        services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromMinutes(2));
        services.AddRouting();
        services.ConfigureHttpJsonOptions(static options => ContractJson.Apply(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.AddSignalR(static options =>
        {
            options.MaximumReceiveMessageSize = 4096;
            options.MaximumParallelInvocationsPerClient = 4;
            options.StatefulReconnectBufferSize = 0;
        }).AddJsonProtocol(static options => ContractJson.Apply(options.PayloadSerializerOptions));
        services.AddAuthentication(TokenHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, static _ => { });
        services.AddAuthorizationBuilder()
            .AddPolicy(nameof(Role.Observer), static policy => policy.RequireRole(nameof(Role.Observer)))
            .AddPolicy(nameof(Role.Controller), static policy => policy.RequireRole(nameof(Role.Controller)))
            .AddPolicy(nameof(Role.Trainer), static policy => policy.RequireRole(nameof(Role.Trainer)))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireRole(nameof(Role.Observer)).Build());
        services.AddRateLimiter(Limit);
        services.AddOpenApi("v1", ApiDescription.Configure);
    }

    private static void Limit(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(static context =>
            RateLimitPartition.GetTokenBucketLimiter(
                $"{context.Connection.RemoteIpAddress} {context.Request.Headers[Client.IdHeader]}",
                static _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = BurstOfRequests,
                    TokensPerPeriod = RequestsASecond / 10,
                    ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                    QueueLimit = 0,
                }));
        // Whole runs read and written: one at a time, a few that wait.
        options.AddConcurrencyLimiter(LimitNames.Heavy, static limiter =>
        {
            limiter.PermitLimit = 1;
            limiter.QueueLimit = 4;
        });
    }

    private static void UseGuards(WebApplication app)
    {
        ILogger log = app.Services.GetRequiredService<ILogger<WebApplication>>();
        app.Use(async (context, next) =>
        {
            SafeHeaders.Set(context.Response.Headers);
            if (SafeHeaders.IsForeign(context.Request))
            {
                await Problems.WriteAsync(
                    context, StatusCodes.Status403Forbidden, "A page of another origin may not ask this daemon.",
                    "Open the daemon's own page.").ConfigureAwait(false);
                return;
            }

            await next(context).ConfigureAwait(false);
        });
        app.Use((context, next) => Problems.CatchAsync(context, next, log));
        app.UseStatusCodePages(static context => Problems.ExplainAsync(context.HttpContext));
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    private static void MapAll(WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup(Routes.Root).RequireAuthorization(nameof(Role.Observer));
        DaemonRoutes.Map(api);
        RecipeRoutes.Map(api);
        ExperimentRoutes.Map(api);
        CampaignRoutes.Map(api);
        ControlRoutes.Map(api);
        LookRoutes.Map(api);
        TrialRoutes.Map(api);
        TrainerRoutes.Map(api);
        ContentRoutes.Map(app);
        HealthRoutes.Map(app);
        app.MapOpenApi(Routes.Root + "/openapi.json").RequireAuthorization(nameof(Role.Observer));
        app.MapMetrics("/metrics", app.Services.GetRequiredService<DaemonMetrics>().Registry)
            .RequireAuthorization(nameof(Role.Observer));
        app.MapHub<LiveHub>(Routes.Live, static options =>
        {
            options.TransportMaxBufferSize = 256 * 1024;
            options.ApplicationMaxBufferSize = 64 * 1024;
        });
        app.Services.GetRequiredService<PageFiles>().Map(app);
    }
}
