using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Recipes.Documents;

/// <summary>Writes a recipe, complete and in the order of the table.</summary>
internal static partial class RecipeWriter
{
    // Where things are, which is no part of the experiment.
    private static readonly string[] Placements =
    [
        RecipeKeys.Blanker.Path, RecipeKeys.Trainer.Path, RecipeKeys.TrainerPatience.Path, RecipeKeys.Address.Path,
        RecipeKeys.TokenFile.Path, RecipeKeys.Authority.Path,
    ];

    public static string Write(RecipeValues values) => Write(values, RecipeTable.Keys);

    private static string Write(RecipeValues values, IEnumerable<RecipeKey> keys)
    {
        var yaml = new StringBuilder();
        string section = "";
        foreach (RecipeKey key in keys)
        {
            if (!values.TryGetText(key, out string? text) || (key.IsTacit && text == key.Default))
            {
                continue;
            }

            if (key.Section != section && key.Section.Length > 0)
            {
                yaml.Append(key.Section).Append(":\n");
            }

            section = key.Section;
            yaml.Append(section.Length > 0 ? "  " : "").Append(key.Name).Append(": ").Append(Scalar(text)).Append('\n');
        }

        return yaml.ToString();
    }

    /// <summary>
    /// SHA-256 of the canonical form, in which a data set goes by its file name and the places of journal, blanker and
    /// trainers are left out.
    /// </summary>
    public static string Hash(Recipe recipe)
    {
        Recipe portable = recipe.Microscope is PreacquiredSection recorded
            ? recipe with
            {
                Microscope = recorded with
                {
                    Data = NameOf(recorded.Data),
                    ImageData = recorded.ImageData is { } image ? NameOf(image) : null,
                },
            }
            : recipe;
        ScalarizerSection scalarizer = portable.Scalarizer;
        portable = portable with { Scalarizer = scalarizer with { Spec = Portable(scalarizer.Spec) } };
        string canonical = Write(
            RecipeBinder.Unbind(portable),
            RecipeTable.Keys.Where(static key =>
                key.Section != RecipeKeys.JournalStore.Section && !Placements.Contains(key.Path)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    /// <summary>
    /// The hash of a recipe as a run keeps it: its text is the canonical form of the version that wrote it, which may
    /// not be today's.
    /// </summary>
    public static string HashOfWritten(string text)
    {
        IEnumerable<string> lines = WithoutPlacements(text.Split('\n'))
            .Select(line =>
            line.StartsWith("  data: ", StringComparison.Ordinal)
                || line.StartsWith("  imageData: ", StringComparison.Ordinal)
                ? $"{line[..line.IndexOf(':')]}: {Scalar(NameOf(Plainly(line[(line.IndexOf(':') + 2)..])))}"
                : line);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private static IEnumerable<string> WithoutPlacements(string[] lines)
    {
        string section = "";
        foreach (string line in lines)
        {
            bool isInSection = line.StartsWith("  ", StringComparison.Ordinal);
            section = isInSection ? section : line.TrimEnd(':');
            string path = isInSection ? $"{section}.{line[2..].Split(':')[0]}" : section;
            if (section != RecipeKeys.JournalStore.Section && !Placements.Contains(path))
            {
                yield return line;
            }
        }
    }

    private static string Plainly(string scalar) => scalar.StartsWith('"')
        ? scalar.Trim('"').Replace("\\\"", "\"").Replace("\\\\", "\\")
        : scalar;

    // What a file holds is in the scalarizer's identity.
    private static ScalarizerSpec Portable(ScalarizerSpec spec) =>
        ScalarizerCatalog.Find(spec.Kind)!.Parameters
            .Where(parameter => parameter.IsPath && spec.Values.ContainsKey(parameter.Key))
            .Aggregate(spec, static (result, parameter) =>
                result.WithAny(parameter, NameOf((string)result.Values[parameter.Key])));

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path));

    // Plain where nothing in it could mean something to YAML, else in double quotes.
    private static string Scalar(string text) =>
        Plain().IsMatch(text) && text is not ("null" or "true" or "false")
            ? text
            : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    [GeneratedRegex(@"^([A-Za-z0-9/.]|-[0-9])[A-Za-z0-9_/.,()+^\-]*( [A-Za-z0-9_/.,()+^\-]+)*$")]
    private static partial Regex Plain();
}
