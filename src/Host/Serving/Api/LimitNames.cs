namespace DklActors.Host.Serving.Api;

/// <summary>Names of rate limits.</summary>
internal static class LimitNames
{
    /// <summary>Whole runs read and written.</summary>
    public const string Heavy = "heavy";
}
