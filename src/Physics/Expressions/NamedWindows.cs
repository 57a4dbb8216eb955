using System.Collections.Immutable;
using DklActors.Messages.Frames;
using DklActors.Physics.Spectra.Preparation;

namespace DklActors.Physics.Expressions;

/// <summary>Windows by names, written "a = 2.9 eV .. 3.5 eV, b = 3.7 eV .. 3.9 eV".</summary>
internal static class NamedWindows
{
    /// <summary>What a person may write.</summary>
    public const string Accepts = "named energy windows, such as 'a = 2.9 eV .. 3.5 eV, b = 3.7 eV .. 3.9 eV'";

    /// <exception cref="FormatException">The text names no windows; the message says what is wrong.</exception>
    public static ImmutableDictionary<string, EnergyWindow> Parse(string text)
    {
        var windows = ImmutableDictionary.CreateBuilder<string, EnergyWindow>(StringComparer.Ordinal);
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides[0].Length == 0 || char.IsAsciiDigit(sides[0][0])
                || !sides[0].All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            {
                throw new FormatException($"'{part}' is not NAME = LOW .. HIGH");
            }

            if (!windows.TryAdd(sides[0], PreparationChain.WindowOf(sides[1], part)))
            {
                throw new FormatException($"the window {sides[0]} is there twice");
            }
        }

        return windows.ToImmutable();
    }

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? ProblemOf(string text)
    {
        try
        {
            _ = Parse(text);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
