namespace DklActors.Instruments.Simulated.Patterns;

/// <summary>
/// Draws discs of uniform intensity with a soft edge at any sub-pixel place, at unit area, optionally brighter on one
/// side.
/// </summary>
/// <remarks>
/// The edge is a step blurred by a Gaussian of at least half a pixel. Sampled at pixel centres such a disc has no
/// aliasing to speak of, so that its centre of mass is where it was put to 1e-3 px and better, without supersampling.
/// </remarks>
internal sealed class SoftDisc
{
    // Below, the samples of a disc would depend on where pixel centres happen to fall.
    private const double LeastEdgePixels = 0.5;
    private const double EdgeReach = 4.5;
    private const int StepsPerPixel = 128;

    private readonly float[] _edge;
    private readonly double _inner;
    private readonly double _outer;
    private readonly float _perArea;
    private readonly double _secondMoment;

    /// <param name="radiusPixels">Radius where the intensity is half that of the middle.</param>
    /// <param name="edgePixels">Standard deviation of the blur of the edge; at least half a pixel is taken.</param>
    public SoftDisc(double radiusPixels, double edgePixels)
    {
        double edge = Math.Max(edgePixels, LeastEdgePixels);
        Radius = radiusPixels;
        _inner = Math.Max(0, radiusPixels - (EdgeReach * edge));
        _outer = radiusPixels + (EdgeReach * edge);
        // The last steps are zero, so that an index may point just beyond the reach.
        _edge = new float[(int)Math.Ceiling((_outer - _inner) * StepsPerPixel) + 3];
        for (int i = 0; i < _edge.Length - 2; i++)
        {
            double radius = _inner + ((double)i / StepsPerPixel);
            _edge[i] = (float)(0.5 * ErrorFunction.Complement((radius - radiusPixels) / (Math.Sqrt(2) * edge)));
        }

        (double area, double moment) = Moments();
        _perArea = (float)(1 / area);
        _secondMoment = moment / area;
    }

    /// <summary>Radius in px.</summary>
    public double Radius { get; }

    /// <summary>Largest part of a displacement that a tilt of the intensity can stand for, px.</summary>
    public double LargestTiltShift => 0.6 * _secondMoment / _outer;

    /// <summary>Adds a disc.</summary>
    /// <param name="image">Row-major.</param>
    /// <param name="columns">Length of a row.</param>
    /// <param name="row">Centre.</param>
    /// <param name="column">Centre.</param>
    /// <param name="counts">Sum of the disc, whatever part of it the image holds.</param>
    /// <param name="tiltRow">How far the intensity, tilted across the disc, moves its centre of mass, px.</param>
    /// <param name="tiltColumn">As <paramref name="tiltRow"/>, along columns.</param>
    public void AddTo(
        Span<float> image,
        int columns,
        double row,
        double column,
        double counts,
        double tiltRow = 0,
        double tiltColumn = 0)
    {
        int rows = image.Length / columns;
        float height = (float)counts * _perArea;
        float slopeRow = (float)(tiltRow / _secondMoment), slopeColumn = (float)(tiltColumn / _secondMoment);
        float innerSquared = (float)(_inner * _inner), outerSquared = (float)(_outer * _outer);
        float inner = (float)_inner;
        int first = Math.Max(0, (int)Math.Ceiling(row - _outer));
        int last = Math.Min(rows - 1, (int)Math.Floor(row + _outer));
        for (int r = first; r <= last; r++)
        {
            float down = (float)(r - row);
            double half = Math.Sqrt(Math.Max(0, (_outer * _outer) - ((r - row) * (r - row))));
            int from = Math.Max(0, (int)Math.Ceiling(column - half));
            int to = Math.Min(columns - 1, (int)Math.Floor(column + half));
            Span<float> line = image.Slice(r * columns, columns);
            for (int c = from; c <= to; c++)
            {
                float right = (float)(c - column);
                float squared = (down * down) + (right * right);
                if (squared >= outerSquared)
                {
                    continue;
                }

                float profile = 1;
                if (squared > innerSquared || inner == 0)
                {
                    float step = (MathF.Sqrt(squared) - inner) * StepsPerPixel;
                    int index = (int)step;
                    profile = _edge[index] + ((step - index) * (_edge[index + 1] - _edge[index]));
                }

                line[c] += height * profile * (1 + (slopeRow * down) + (slopeColumn * right));
            }
        }
    }

    // Area of the soft disc and ∫x², by which a tilted intensity moves the centre of mass.
    private (double Area, double Moment) Moments()
    {
        double area = Math.PI * _inner * _inner, moment = Math.PI / 4 * Math.Pow(_inner, 4);
        const double step = 1.0 / StepsPerPixel;
        for (int i = 0; i < _edge.Length - 1; i++)
        {
            double radius = _inner + ((i + 0.5) * step);
            double ring = Math.PI * radius * step * (_edge[i] + _edge[i + 1]);
            area += ring;
            moment += ring * radius * radius / 2;
        }

        return (area, moment);
    }
}
