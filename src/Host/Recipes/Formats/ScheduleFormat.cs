using System.Text.Json.Nodes;
using DklActors.Learning.Acquisition;

namespace DklActors.Host.Recipes.Formats;

/// <summary>Acquisition functions one after the other: "maximum-uncertainty until 30, then thompson".</summary>
internal sealed class ScheduleFormat : ValueFormat<string>
{
    public override string Accepts =>
        "'NAME until COUNT, then NAME', with a parameter in parentheses where it has one, such as "
        + "'maximum-uncertainty until 30, then log-expected-improvement(0.01)'";

    public override Parsed<string> Parse(string text)
    {
        try
        {
            return Parsed.Good(AcquisitionText.Parse(text).Identity);
        }
        catch (ArgumentException exception)
        {
            // The exception's message ends with the name of a parameter, which means nothing here.
            string problem = exception.Message.Split(" (Parameter")[0].TrimEnd('.');
            return Parsed.Bad<string>(
                string.Concat(problem.Where(static letter => !char.IsControl(letter))), $"write {Accepts}");
        }
    }

    public override string Format(string value) => value;

    public override JsonObject Schema()
    {
        string name = $@"({string.Join('|', AcquisitionCatalog.Names)})(\([0-9.eE+-]+\))?";
        return new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = $"^({name} until [0-9]+, then )*{name}$",
        };
    }
}
