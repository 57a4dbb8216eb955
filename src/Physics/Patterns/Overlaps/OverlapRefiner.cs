using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Linear;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Rooms;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>
/// Fits a pattern of overlapping discs as a whole: a background and discs of one radius on a lattice, each of its own
/// height, least squares weighted by the expected counts, from a lattice that is some percent off.
/// </summary>
/// <remarks>
/// The cepstrum finds the lattice but is off by up to a percent, because discs get weaker outwards; the fit knows of
/// that. Pixels near the middle come first and those further out with what they gave. The covariance is that of the
/// fit, with Poisson errors.
/// </remarks>
public sealed class OverlapRefiner
{
    private const int MostRounds = 10;

    // In distances of discs: the nearest neighbours have to be in.
    private const double LeastReach = 1.2;
    private const double Converged = 1e-4;

    private readonly OverlapOptions _options;
    private readonly RoomPool<OverlapRoom> _rooms = new(static () => new OverlapRoom());

    /// <param name="options">What the discs look like.</param>
    /// <exception cref="ArgumentException">Discs without extent.</exception>
    public OverlapRefiner(OverlapOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.RadiusPixels >= 1 && options.EdgePixels > 0))
        {
            throw new ArgumentException(
                $"Discs of {options.RadiusPixels} px with edges of {options.EdgePixels} px have no extent.",
                nameof(options));
        }

        _options = options;
    }

    /// <summary>A better lattice.</summary>
    /// <param name="counts">The pattern; its counts are numbers.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="fit">The lattice to start from.</param>
    /// <param name="centre">Where a disc is, to half the distance of two.</param>
    public LatticeFit Refine(ReadOnlySpan<float> counts, GridShape shape, LatticeFit fit, PatternPoint centre)
    {
        if (fit.Finding.IsBad)
        {
            return fit;
        }

        Lattice lattice = fit.Lattice.Reduced();
        double spacing = Math.Min(lattice.A.Length, lattice.B.Length);
        PatternPoint origin = DiscSearch.Brightest(counts, shape, centre, 0.6 * spacing, _options.RadiusPixels);
        var model = new OverlapModel(0, origin, lattice, _options.RadiusPixels, _options.EdgePixels);
        double most = Math.Min(
            Math.Min(Math.Min(origin.Row, shape.Rows - 1 - origin.Row), Math.Min(
                origin.Column, shape.Columns - 1 - origin.Column)),
            Math.Sqrt(OverlapRoom.MostDiscs * Math.Abs(lattice.Area) / (1.15 * Math.PI)) - model.Reach);
        if (!(most >= LeastReach * spacing))
        {
            return LatticeFit.Bad(FormattableString.Invariant(
                $"The disc at {origin} is too near the edge of the detector for its neighbours to be fitted."));
        }

        OverlapRoom room = _rooms.Rent();
        LatticeFit refined = Refine(counts, shape, room, model, spacing, most) is { } better
            ? better with { Finding = fit.Finding }
            : LatticeFit.Bad("The pattern could not be fitted by discs on the lattice of its cepstrum.");
        _rooms.Return(room);
        return refined;
    }

    private static LatticeFit? Refine(
        ReadOnlySpan<float> counts, GridShape shape, OverlapRoom room, OverlapModel model, double spacing, double most)
    {
        double radius = Math.Min(1.6 * spacing, most);
        OverlapModel start = model;
        bool grown = true;
        for (int round = 0; round < MostRounds; round++)
        {
            if (grown && !TryHeights(counts, shape, room, ref model, radius))
            {
                return null;
            }

            OverlapEquations.Fill(counts, shape, room, model, radius, onlyHeights: false);
            if (!OverlapEquations.TrySolve(room))
            {
                return null;
            }

            ReadOnlySpan<double> step = room.Right.AsSpan(0, OverlapRoom.Shared);
            double change = 0;
            foreach (double part in step[1..])
            {
                change = Math.Max(change, Math.Abs(part));
            }

            model = model.Moved(step);
            for (int i = 0; i < room.Count; i++)
            {
                room.Heights[i] += room.Right[OverlapRoom.Shared + i];
            }

            if (!(change < spacing / 2) || model.Origin.DistanceTo(start.Origin) > spacing / 2)
            {
                return null;
            }

            if (radius >= most && change < Converged)
            {
                break;
            }

            grown = radius < most;
            radius = Math.Min(1.7 * radius, most);
        }

        return new LatticeFit(
            model.Origin, model.Lattice, CovarianceOf(room), room.Count, 0, double.NaN, Finding.Good);
    }

    // Of discs that were not in before nothing is known: their heights first, all else as it is.
    private static bool TryHeights(
        ReadOnlySpan<float> counts, GridShape shape, OverlapRoom room, ref OverlapModel model, double radius)
    {
        OverlapEquations.Choose(room, model, radius);
        room.Heights.AsSpan(0, room.Count).Clear();
        OverlapEquations.Fill(counts, shape, room, model with { Background = 0 }, radius, onlyHeights: true);
        if (!OverlapEquations.TrySolve(room))
        {
            return false;
        }

        model = model with { Background = Math.Max(room.Right[0], 0) };
        room.Right.AsSpan(OverlapRoom.Shared, room.Count).CopyTo(room.Heights);
        return true;
    }

    // Columns of the inverse, by the factor of the last round.
    private static LatticeCovariance CovarianceOf(OverlapRoom room)
    {
        const int First = 3;
        LatticeCovariance covariance = default;
        int unknowns = OverlapRoom.Shared + room.Count;
        for (int i = 0; i < LatticeCovariance.Order; i++)
        {
            Span<double> column = room.Right.AsSpan(0, unknowns);
            column.Clear();
            column[First + i] = 1;
            Cholesky.Solve(room.Normal, unknowns, column);
            for (int j = 0; j < LatticeCovariance.Order; j++)
            {
                covariance[(i * LatticeCovariance.Order) + j] = column[First + j];
            }
        }

        return covariance;
    }
}
