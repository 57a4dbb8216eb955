using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Files;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Host.Composition;

/// <summary>Makes the scalarizer that a recipe names, and reads the arrays that it compares frames with.</summary>
internal static class ScalarizerBuilder
{
    private const char ArraySeparator = '#';

    /// <exception cref="RecipeException">It cannot be made; says at which key.</exception>
    public static IScalarizer Build(Recipe recipe, RecipeOrigins origins)
    {
        ScalarizerSpec spec = Resolve(recipe.Scalarizer, origins);
        try
        {
            return ScalarizerCatalog.Create(spec);
        }
        catch (ArgumentException exception)
        {
            string problem = exception.Message.Split(" (Parameter")[0].TrimEnd('.');
            throw new RecipeException(origins.ErrorAt("scalarizer.kind", problem, "change the scalarizer section"));
        }
    }

    /// <summary>The specification with arrays in place of their paths.</summary>
    /// <exception cref="RecipeException">An array cannot be read; says at which key.</exception>
    public static ScalarizerSpec Resolve(ScalarizerSection section, RecipeOrigins origins) =>
        WithArrays(section.Spec, (parameter, exception) => new RecipeException(origins.ErrorAt(
            $"scalarizer.{parameter.Key}", $"{exception.File}: {exception.Problem}", exception.Remedy)));

    /// <summary>A specification with the arrays that paths name in their place.</summary>
    /// <exception cref="DataFileException">An array cannot be read.</exception>
    public static ScalarizerSpec WithArrays(ScalarizerSpec spec) =>
        WithArrays(spec, static (_, exception) => exception);

    private static ScalarizerSpec WithArrays(
        ScalarizerSpec spec, Func<ArrayParameter, DataFileException, Exception> failure)
    {
        foreach (ArrayParameter parameter in ScalarizerCatalog.Find(spec.Kind)!.Parameters.OfType<ArrayParameter>())
        {
            if (spec.Values.GetValueOrDefault(parameter.Key) is not string place)
            {
                continue;
            }

            try
            {
                spec = spec.With(parameter, Read(place));
            }
            catch (DataFileException exception)
            {
                throw failure(parameter, exception);
            }
        }

        return spec;
    }

    /// <summary>Reads FILE#ARRAY, or the only array of FILE.</summary>
    /// <exception cref="DataFileException">There is no such file or array, or the file holds several.</exception>
    private static ReferenceArray Read(string place)
    {
        int separator = place.LastIndexOf(ArraySeparator);
        bool isNamed = separator > 0 && !File.Exists(place);
        string file = isNamed ? place[..separator] : place;
        using ArrayContainer container = ArrayContainer.OpenAny(file);
        string name = isNamed ? place[(separator + 1)..]
            : container.Names is [string only] ? only
            : throw new DataFileException(
                file, null, $"it holds {container.Names.Count} arrays",
                $"name one, as in {Path.GetFileName(file)}{ArraySeparator}"
                + (container.Names is [string first, ..] ? first : "NAME"));
        return ReferenceOf(place, container.Read(name));
    }

    private static ReferenceArray ReferenceOf(string place, DataArray array) =>
        new(place, [.. array.Shape], array.ToSingles());
}
