using DklActors.Host.Recipes.Formats;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Host.Recipes.Keys;

/// <summary>The keys of scalarizers, made from what the kinds say they can be told.</summary>
internal static class ScalarizerKeys
{
    private const string Section = "scalarizer";

    public static readonly RecipeKey<string> Kind = new(
        $"{Section}.kind", new WordFormat(ScalarizerCatalog.Kinds),
        "What is computed from a frame: the physics that is searched for. docs/scalarizers.md explains each.");

    /// <summary>One key for each parameter, whichever kinds share it.</summary>
    public static IReadOnlyList<(ScalarizerParameter Parameter, RecipeKey Key)> Parameters { get; } =
    [
        .. ScalarizerCatalog.All.SelectMany(static kind => kind.Parameters)
            .DistinctBy(static parameter => parameter.Key)
            .Select(static parameter => (parameter, KeyOf(parameter))),
    ];

    public static RecipeKey KeyOf(ScalarizerParameter parameter)
    {
        string path = $"{Section}.{parameter.Key}";
        RecipeKey key = parameter switch
        {
            WindowParameter => new RecipeKey<EnergyWindow>(path, new WindowFormat(Known.Energy), parameter.Meaning),
            NumberParameter number => new RecipeKey<double>(path, FormatOf(number), parameter.Meaning),
            CountParameter count => new RecipeKey<int>(
                path, new WholeFormat(count.Least, count.Most), parameter.Meaning),
            ChoiceParameter choice => new RecipeKey<string>(path, new WordFormat(choice.Words), parameter.Meaning),
            TextParameter text => new RecipeKey<string>(
                path, new CheckedTextFormat(text.Accepts, text.Check), parameter.Meaning),
            PointParameter => new RecipeKey<DetectorPoint>(
                path, new DetectorPointFormat(Known.Pixels(-PointParameter.Most, PointParameter.Most)),
                parameter.Meaning),
            NumbersParameter numbers => new RecipeKey<NumberList>(
                path, new NumberListFormat(numbers.Least, numbers.Most), parameter.Meaning),
            FileParameter => new RecipeKey<string>(path, Known.DataPath, parameter.Meaning),
            ArrayParameter => new RecipeKey<string>(path, Known.ArrayPath, parameter.Meaning),
            _ => throw new NotSupportedException($"{parameter.GetType().Name} cannot be written in a recipe."),
        };
        string[] kinds =
        [
            .. ScalarizerCatalog.All.Where(kind => kind.Parameters.Contains(parameter))
                .Select(static kind => kind.Name),
        ];
        return key with
        {
            Condition = new RecipeCondition(Kind.Path, kinds),
            Default = parameter.AnyDefault is { } value ? key.AnyFormat.FormatAny(value) : null,
            DefaultInWords = parameter.DefaultInWords,
        };
    }

    private static ValueFormat<double> FormatOf(NumberParameter number) => number.Unit switch
    {
        NumberUnit.None => new NumberFormat(number.Least, number.Most),
        NumberUnit unit => new QuantityFormat<double>(
            unit switch
            {
                NumberUnit.ElectronVolts => UnitTable.Energy,
                NumberUnit.Pixels => UnitTable.Pixels,
                NumberUnit.Degrees => UnitTable.Angle,
                NumberUnit.Milliradians => UnitTable.ScatteringAngle,
                _ => UnitTable.Length,
            },
            number.Least, number.Most, static value => value, static value => value),
    };
}
