namespace DklActors.Host.Diagnosing;

/// <summary>What one check found.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do, where something is to be done.</param>
internal sealed record Finding(string What, Verdict Verdict, string Found, string? Remedy)
{
    public static Finding Ok(string what, string found) => new(what, Verdict.Ok, found, null);

    public static Finding Warning(string what, string found, string remedy) =>
        new(what, Verdict.Warning, found, remedy);

    public static Finding Trouble(string what, string found, string remedy) =>
        new(what, Verdict.Trouble, found, remedy);

    /// <summary>A check that fails in a way nobody foresaw is a finding itself.</summary>
    public static Finding Of(string what, Func<Finding> check)
    {
        try
        {
            return check();
        }
        catch (Exception exception)
        {
            return Trouble(what, $"cannot be checked: {exception.Message}", "see what the message names");
        }
    }
}
