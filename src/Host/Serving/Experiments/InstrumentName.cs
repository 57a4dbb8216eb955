using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;

namespace DklActors.Host.Serving.Experiments;

/// <summary>In whose queue an experiment waits.</summary>
internal static class InstrumentName
{
    private const int Longest = 64;

    /// <summary>
    /// The microscope of a recipe: a data set is one by itself, all simulated ones together are one, and one over a
    /// network goes by its address.
    /// </summary>
    public static string Of(Recipe recipe) => recipe.Microscope switch
    {
        PreacquiredSection preacquired =>
            $"recorded {Path.GetFileName(Path.TrimEndingDirectorySeparator(preacquired.Data))}",
        RemoteSection remote => Shortened($"microscope {AuthorityOf(remote.Address)}"),
        _ => "simulated",
    };

    private static string AuthorityOf(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Authority.Length > 0 ? uri.Authority : address;

    private static string Shortened(string name) => name.Length <= Longest ? name : name[..Longest];

    /// <summary>Whether a name that a request gives can be one.</summary>
    public static bool IsGood(string name) =>
        name.Length is >= 1 and <= Longest && name.Trim() == name && !name.Any(char.IsControl);
}
