using DklActors.Messages.Units;

namespace DklActors.Host.Figures.Axes;

/// <summary>A round length that fills about a quarter of a map, in nm or µm.</summary>
/// <param name="Length">The length on the sample.</param>
/// <param name="Label">Number and unit.</param>
public sealed record ScaleBar(Nanometre Length, string Label)
{
    private const double NanometresPerMicrometre = 1000;
    private const double LargestShare = 0.32;

    private static readonly double[] Mantissas = [5, 2, 1];

    /// <summary>The largest of 1, 2 or 5 × 10ⁿ that is at most a third of the field of view.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The field of view is not positive.</exception>
    public static ScaleBar For(Nanometre fieldOfView)
    {
        if (!(fieldOfView.Value > 0) || !double.IsFinite(fieldOfView.Value))
        {
            throw new ArgumentOutOfRangeException(nameof(fieldOfView), $"{fieldOfView} is no field of view.");
        }

        double longest = LargestShare * fieldOfView.Value;
        int exponent = (int)Math.Floor(Math.Log10(longest));

        // A power of ten is taken as a decimal text, so that 0.1 is 0.1.
        double power = double.Parse($"1e{exponent}");
        double length = power * Mantissas.First(mantissa => mantissa * power <= longest * (1 + 1e-9));
        return new ScaleBar(new Nanometre(length), LabelOf(length));
    }

    private static string LabelOf(double nanometres) => nanometres >= NanometresPerMicrometre
        ? $"{nanometres / NanometresPerMicrometre:0.###} µm"
        : $"{nanometres:0.######} nm";
}
