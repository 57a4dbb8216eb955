using System.Globalization;
using DklActors.Host.Commands;

namespace DklActors.Host.Reconstructing;

/// <summary>How many candidates are measured: so many, or a share of all.</summary>
internal sealed record MeasuredAmount
{
    // Components and kernels of fewer frames mean nothing.
    private const int Fewest = 8;

    // Training takes time in the third power of this, and a Cholesky factor of each component.
    private const int Most = 2000;

    private MeasuredAmount()
    {
    }

    /// <summary>One candidate in a hundred.</summary>
    public static MeasuredAmount Default { get; } = new() { Share = 0.01 };

    private double? Share { get; init; }

    private int? Points { get; init; }

    /// <exception cref="UsageException">No number in range.</exception>
    public static MeasuredAmount OfPoints(int points) => points is >= Fewest and <= Most
        ? new MeasuredAmount { Points = points }
        : throw new UsageException($"--measurements {points}: give {Fewest} to {Most}.");

    /// <summary>Reads <c>1%</c>, <c>2.5 %</c> or <c>0.01</c>.</summary>
    /// <exception cref="UsageException">No such share.</exception>
    public static MeasuredAmount OfFraction(string text)
    {
        string number = text.Trim();
        bool isPercent = number.EndsWith('%');
        bool isNumber = double.TryParse(
            number.TrimEnd('%').Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        double share = isPercent ? value / 100.0 : value;
        return isNumber && share is > 0.0 and < 1.0
            ? new MeasuredAmount { Share = share }
            : throw new UsageException($"--fraction {text}: give a share of the candidates, such as 1% or 0.01.");
    }

    /// <summary>Number of points among so many candidates.</summary>
    /// <exception cref="UsageException">Too few or too many.</exception>
    public int Among(int candidates)
    {
        int points = Points ?? (int)Math.Round(Share!.Value * candidates);
        if (points > candidates - 1)
        {
            throw new UsageException(
                $"{points} points of {candidates} candidates leave nothing to predict; measure fewer.");
        }

        return points is >= Fewest and <= Most
            ? points
            : throw new UsageException(
                $"{Share:P1} of {candidates} candidates are {points} points, and {Fewest} to {Most} can be learned "
                + "from; choose another --fraction, or --measurements N.");
    }
}
