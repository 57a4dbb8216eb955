namespace DklActors.Host.Serving.Api;

/// <summary>Where things are.</summary>
internal static class Routes
{
    public const string Root = "/api/v1";

    public const string Live = Root + "/live";

    public const string Description = Root + "/openapi.json";
}
