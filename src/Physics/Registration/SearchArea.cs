using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Registration;

/// <summary>The whole shifts that are looked at.</summary>
internal readonly struct SearchArea
{
    private readonly MatchOptions _options;

    public SearchArea(MatchOptions options, GridShape image)
    {
        _options = options;
        Image = image;
        Start = new WholeShift(
            Within(options.Guess.Rows, image.Rows), Within(options.Guess.Columns, image.Columns));
    }

    public GridShape Image { get; }

    public WholeShift Start { get; }

    /// <summary>The highest value of a surface, as the whole shift from image to image.</summary>
    /// <param name="surface">Correlation, wrapping around.</param>
    /// <param name="shape">Its rows and columns.</param>
    /// <param name="zero">The shift that its origin stands for.</param>
    public WholeShift HighestIn(float[] surface, GridShape shape, WholeShift zero)
    {
        WholeShift found = zero;
        float highest = float.NegativeInfinity;
        for (int i = 0; i < surface.Length; i++)
        {
            WholeShift step = StepOf(i, shape);
            if (surface[i] > highest && IsInside((zero + step).ToShift()))
            {
                (found, highest) = (zero + step, surface[i]);
            }
        }

        return found;
    }

    /// <summary>The highest local maximum away from the peak, and its height as a share of the peak's.</summary>
    public (WholeShift Shift, double Share) RivalIn(
        float[] surface, GridShape shape, WholeShift zero, WholeShift peak, double distance)
    {
        (WholeShift found, double highest) = (peak, 0);
        for (int i = 0; i < surface.Length; i++)
        {
            WholeShift shift = zero + StepOf(i, shape);
            if (surface[i] > highest && (shift - peak).ToShift().Length >= distance && IsInside(shift.ToShift())
                && IsLocalMaximum(surface, shape, i))
            {
                (found, highest) = (shift, surface[i]);
            }
        }

        WholeShift top = peak - zero;
        double height = surface[shape.IndexOf(new GridPoint(
            Wrapped(top.Rows, shape.Rows), Wrapped(top.Columns, shape.Columns)))];
        return (found, height > 0 ? highest / height : 0);
    }

    // A shift that leaves too little of the scene is not looked at.
    public bool IsInside(PixelShift shift) =>
        (shift - _options.Guess).Length <= _options.RadiusPixels
        && Leaves(Image.Rows, shift.Rows)
        && Leaves(Image.Columns, shift.Columns);

    private static bool Leaves(int length, double shift) =>
        length - Math.Ceiling(Math.Abs(shift)) >= Math.Max(ImageRegistration.LeastSide, length / 3);

    private static bool IsLocalMaximum(float[] surface, GridShape shape, int index)
    {
        GridPoint place = shape.PointAt(index);
        for (int dr = -1; dr <= 1; dr++)
        {
            for (int dc = -1; dc <= 1; dc++)
            {
                int near = (Wrapped(place.Row + dr, shape.Rows) * shape.Columns)
                    + Wrapped(place.Column + dc, shape.Columns);
                if (surface[near] > surface[index])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static WholeShift StepOf(int index, GridShape shape) => new(
        Frequencies.Signed(index / shape.Columns, shape.Rows),
        Frequencies.Signed(index % shape.Columns, shape.Columns));

    private static int Wrapped(int step, int length) => ((step % length) + length) % length;

    private static int Within(double guess, int length)
    {
        int most = Math.Min(length - ImageRegistration.LeastSide, length * 2 / 3);
        return (int)Math.Clamp(Math.Round(guess), -most, most);
    }
}
