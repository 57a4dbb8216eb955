using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;
using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Rooms;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>
/// Lattice of a pattern whose discs overlap, from its cepstrum |F(log I)|²: what repeats in the pattern at distances g
/// is a peak at 1/g, a vector of the specimen's lattice (Padgett et al., Ultramicroscopy 214, 112994 (2020)).
/// </summary>
/// <remarks>
/// Peaks come in pairs ±v that are one measurement: their covariance is counted once. The result is a lattice of
/// reciprocal space in px like that of separated discs.
/// </remarks>
public sealed class CepstralLattice
{
    // In px of the cepstrum: closer peaks are one, seen through the Hann window.
    private const double LeastSpacing = 3;

    // Of a square the diagonals are in, of a hexagon only its six neighbours.
    private const double MostLonger = 1.55;

    private readonly GridShape _shape;
    private readonly CepstrumOptions _options;
    private readonly LatticeFitter _fitter;
    private readonly PatternMask _everywhere;
    private readonly double? _saturationCounts;
    private readonly RoomPool<CepstralRoom> _rooms;
    private readonly double _scale;

    /// <param name="shape">Shape of the patterns.</param>
    /// <param name="options">How the lattice is looked for.</param>
    /// <param name="reference">Vectors of reciprocal space in px to start from; null: found in the peaks.</param>
    /// <param name="saturationCounts">Counts a pixel from which the detector no longer counts; null: unknown.</param>
    /// <exception cref="ArgumentException">The spacings leave no room for peaks.</exception>
    public CepstralLattice(
        GridShape shape, CepstrumOptions options, Lattice? reference = null, double? saturationCounts = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _shape = shape;
        _options = options;
        _saturationCounts = saturationCounts;
        _everywhere = PatternMask.All(shape);
        _rooms = new RoomPool<CepstralRoom>(() => new CepstralRoom(shape));
        _scale = Math.Max(shape.Rows, shape.Columns);
        Longest = options.LongestSpacingPixels ?? Math.Min(shape.Rows, shape.Columns) / 5.0;
        if (!(options.ShortestSpacingPixels >= 2 && Longest > options.ShortestSpacingPixels) || options.MostPairs < 2)
        {
            throw new ArgumentException(
                $"Spacings from {options.ShortestSpacingPixels} px to {Longest} px and {options.MostPairs} pairs of "
                + "peaks leave no lattice to be found.", nameof(options));
        }

        Lattice? start = reference is { } given ? Scaled(given.Reciprocal(), _scale) : null;
        _fitter = new LatticeFitter(new PatternPoint(0, 0), start);
    }

    private double Longest { get; }

    /// <summary>Finds the lattice of one pattern.</summary>
    public LatticeFit Find(ReadOnlySpan<float> counts, GridShape shape)
    {
        Finding finding = PatternInspection.Fit(counts, shape, _shape);
        if (finding.IsBad)
        {
            return LatticeFit.Bad(finding);
        }

        var sum = MaskedSum.Of(counts, _everywhere);
        finding = PatternInspection.Of(counts, _everywhere, sum.Sum, sum.Least, sum.Greatest, _saturationCounts);
        if (finding.IsBad)
        {
            return LatticeFit.Bad(finding);
        }

        Span<Disc> peaks = stackalloc Disc[(2 * Math.Min(_options.MostPairs, 32)) + 1];
        CepstralRoom room = _rooms.Rent();
        room.Pattern.Fill(counts, _options.FloorCounts ?? Math.Max(sum.Sum / shape.Count / 20, 1));
        int found = Peaks(room, peaks);
        LatticeFit fit = found < 5
            ? LatticeFit.Bad($"The cepstrum has {found / 2} pairs of peaks, and a lattice needs two.")
            : _fitter.Fit(peaks[..found]);
        fit = fit.Finding.IsBad ? fit : Refined(fit, room);
        _rooms.Return(room);
        return fit.Finding.IsBad ? fit : Returned(fit, finding);
    }

    // Which of the weaker peaks rise above the threshold is chance, and each is a little off in its own way: the result
    // is made of the shortest vectors alone, which are always the same.
    private LatticeFit Refined(LatticeFit fit, CepstralRoom room)
    {
        Lattice lattice = fit.Lattice.Reduced();
        double longest = MostLonger * Math.Min(lattice.A.Length, lattice.B.Length);
        var nodes = new NodeSums();
        int used = 0;
        double greatest = 0;
        foreach ((int h, int k) in (ReadOnlySpan<(int, int)>)[(1, 0), (0, 1), (1, -1), (1, 1)])
        {
            LatticeVector vector = lattice.At(h, k);
            (double u, double v) = (vector.Y / _scale, vector.X / _scale);
            if ((h * k == 0 || vector.Length < longest)
                && room.Power.TryClimb(room.Pattern, ref u, ref v, 1.5 / _scale, out Disc peak))
            {
                Disc scaled = Scaled(peak);
                nodes.Add(scaled, h, k);
                nodes.Add(scaled with { Row = -scaled.Row, Column = -scaled.Column }, -h, -k);
                greatest = Math.Max(greatest, scaled.Height);
                used++;
            }
        }

        nodes.Add(new Disc(0, 0, greatest, 0, 0, 0, 0), 0, 0);
        return nodes.TrySolve(out LatticeVector origin, out Lattice refined)
            ? fit with
            {
                Lattice = refined,
                Covariance = nodes.Covariance(),
                DiscsUsed = used,
                ResidualPixels = nodes.Residual(origin, refined),
            }
            : LatticeFit.Bad("The cepstrum has no two independent peaks that stand out.");
    }

    private int Peaks(CepstralRoom room, Span<Disc> peaks)
    {
        var transform = RealTransform.For(_shape);
        transform.Forward(room.Pattern.Values, room.Spectrum, room.Transform);
        float highest = FillMap(transform, room);
        int maxima = LocalMaxima.Find(
            room.Map, _shape, 1, (float)(highest * _options.LeastRelativeHeight), room.Heights, room.Places);
        int found = 1;
        for (int i = 0; i < maxima && found < peaks.Length; i++)
        {
            double row = (room.Places[i] / _shape.Columns) - (_shape.Rows / 2);
            double column = (room.Places[i] % _shape.Columns) - (_shape.Columns / 2);
            // Of a pair one is enough.
            if (row < 0 || (row == 0 && column < 0))
            {
                continue;
            }

            (double u, double v) = (row / _shape.Rows, column / _shape.Columns);
            if (IsFree(peaks[1..found], u, v)
                && room.Power.TryClimb(room.Pattern, ref u, ref v, 1.5 / _scale, out Disc peak))
            {
                Disc scaled = Scaled(peak);
                peaks[found++] = scaled;
                peaks[found++] = scaled with { Row = -scaled.Row, Column = -scaled.Column };
            }
        }

        // The origin is known, and as heavy as the highest.
        peaks[0] = new Disc(0, 0, found > 1 ? peaks[1].Height : 0, 0, 0, 0, 0);
        return found;
    }

    private float FillMap(RealTransform transform, CepstralRoom room)
    {
        double least = 1 / Longest, most = 2 / _options.ShortestSpacingPixels;
        float highest = 0;
        for (int i = 0; i < room.Map.Length; i++)
        {
            int row = (i / _shape.Columns) - (_shape.Rows / 2), column = (i % _shape.Columns) - (_shape.Columns / 2);
            double u = (double)row / _shape.Rows, v = (double)column / _shape.Columns, square = (u * u) + (v * v);
            room.Map[i] = 0;
            if (square >= least * least && square <= most * most)
            {
                // X(−row, −column) = X*(row, column).
                (int r, int c) = row < 0 ? (-row, -column) : (row, column);
                int at = ((c < 0 ? c + _shape.Columns : c) * transform.Stride) + r;
                float re = room.Spectrum.Real[at], im = room.Spectrum.Imaginary[at];
                room.Map[i] = (re * re) + (im * im);
                highest = Math.Max(highest, room.Map[i]);
            }
        }

        return highest;
    }

    private bool IsFree(ReadOnlySpan<Disc> peaks, double u, double v)
    {
        foreach (Disc peak in peaks)
        {
            if (double.Hypot(peak.Row - (u * _scale), peak.Column - (v * _scale)) < LeastSpacing)
            {
                return false;
            }
        }

        return true;
    }

    private Disc Scaled(Disc peak) => peak with
    {
        Row = peak.Row * _scale,
        Column = peak.Column * _scale,
        VarianceRow = peak.VarianceRow * _scale * _scale,
        VarianceColumn = peak.VarianceColumn * _scale * _scale,
        Covariance = peak.Covariance * _scale * _scale,
    };

    private static Lattice Scaled(Lattice lattice, double factor) => new(factor * lattice.A, factor * lattice.B);

    // Back to px of the detector. A peak and its negative have the same error, and the fit took them for two.
    private LatticeFit Returned(LatticeFit fit, Finding finding)
    {
        Lattice real = Scaled(fit.Lattice, 1 / _scale), reciprocal = real.Reciprocal();
        Span<double> map = stackalloc double[16];
        double step = 1e-6 * Math.Min(real.A.Length, real.B.Length);
        for (int i = 0; i < 4; i++)
        {
            var change = new LatticeVector(i % 2 == 0 ? step : 0, i % 2 == 0 ? 0 : step);
            Lattice moved =
                (i < 2 ? new Lattice(real.A + change, real.B) : new Lattice(real.A, real.B + change)).Reciprocal();
            double factor = Math.Sqrt(2) / (step * _scale);
            map[i] = (moved.A.X - reciprocal.A.X) * factor;
            map[4 + i] = (moved.A.Y - reciprocal.A.Y) * factor;
            map[8 + i] = (moved.B.X - reciprocal.B.X) * factor;
            map[12 + i] = (moved.B.Y - reciprocal.B.Y) * factor;
        }

        return fit with
        {
            Lattice = reciprocal,
            Covariance = fit.Covariance.Mapped(map),
            Finding = finding.And(fit.Finding),
        };
    }
}
