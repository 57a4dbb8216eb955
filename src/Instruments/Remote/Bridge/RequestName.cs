namespace DklActors.Instruments.Remote.Bridge;

/// <summary>The part of a request id that names the run: printable ASCII without blanks, and not too long.</summary>
internal static class RequestName
{
    private const int Longest = 120;

    public static string Of(string run)
    {
        string name = string.Concat(
            run.Select(static c => c is > ' ' and <= '~' and not '/' ? c : '-').Take(Longest));
        return name.Length > 0 ? name : "run";
    }
}
