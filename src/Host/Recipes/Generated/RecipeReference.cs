using System.Text;
using DklActors.Host.Recipes.Keys;

namespace DklActors.Host.Recipes.Generated;

/// <summary>The reference of recipes for people, as Markdown.</summary>
public static class RecipeReference
{
    /// <summary>The text of the committed reference, config/README.md.</summary>
    public static string Text
    {
        get
        {
            var text = new StringBuilder(Opening);
            AppendSection(text, "", "At the top");
            foreach ((string section, string about) in RecipeTable.Sections)
            {
                AppendSection(text, section, $"`{section}`", about);
            }

            AppendRegions(text);
            return text.ToString();
        }
    }

    private static string Opening => """
        # Recipes

        A recipe describes one experiment. `dkl run RECIPE` runs it, and `--set section.key=value` changes a value for
        one run. Every quantity is written with its unit. A key that is not in this table is an error, which names
        the nearest known one; `recipe.schema.json` lets an editor say so while you type. A run folder holds
        `recipe.yaml` with every default written out.

        This page is generated from the table of keys that the reader uses.

        """;

    /// <summary>What the key means, when it belongs to a recipe, and what stands in for it.</summary>
    internal static string Describe(RecipeKey key)
    {
        string condition = key.Condition is null
            ? ""
            : $" Only with {LastPart(key.Condition.Selector)}: {key.Condition.Alternatives}.";
        string absent = key.DefaultInWords is null ? "" : $" When left out: {key.DefaultInWords}.";
        return $"{key.Documentation} Write {key.AnyFormat.Accepts}.{condition}{absent}";
    }

    private static void AppendRegions(StringBuilder text)
    {
        string keys = string.Join(", ", RegionKeys.All.Where(static key => key.Section is "" or "planner")
            .Select(static key => $"`{key.Path}`"));
        text.Append($"\n## `{RegionKeys.List}`\n\n{RegionKeys.About} At most {RegionKeys.Most}.\n\n")
            .Append("    regions:\n      - name: left\n        microscope:\n          data: left.npz\n")
            .Append("      - name: right\n        microscope:\n          data: right.npz\n\n")
            .Append($"A region may have of its own: {keys}, and everything of `microscope` (but its kind), ")
            .Append("`budget` and `limits`. What stands outside of the list holds for all.\n");
    }

    private static void AppendSection(StringBuilder text, string section, string heading, string about = "")
    {
        text.Append($"\n## {heading}\n\n");
        if (about.Length > 0)
        {
            text.Append(about).Append("\n\n");
        }

        text.Append("| key | default | meaning |\n|---|---|---|\n");
        foreach (RecipeKey key in RecipeTable.Keys.Where(key => key.Section == section))
        {
            string standIn = key.Default is string value ? $"`{value}`" : key.IsRequired ? "required" : "see right";
            text.Append($"| `{key.Name}` | {standIn} | {Describe(key).Replace("|", "\\|")} |\n");
        }
    }

    private static string LastPart(string path) => path[(path.LastIndexOf('.') + 1)..];
}
