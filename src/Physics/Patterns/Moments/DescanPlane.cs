using DklActors.Messages.Geometry;

namespace DklActors.Physics.Patterns.Moments;

/// <summary>
/// What imperfect descan shifts a pattern by, linear in the probe position: offset + perRow·row + perColumn·column, for
/// x and for y, in px of the detector.
/// </summary>
public readonly record struct DescanPlane(
    double OffsetX, double PerRowX, double PerColumnX, double OffsetY, double PerRowY, double PerColumnY)
{
    /// <summary>The plane that fits displacements measured at several places best (least squares).</summary>
    /// <exception cref="ArgumentException">Fewer than three places, or all of them on one line.</exception>
    public static DescanPlane Fit(IReadOnlyList<ProbePosition> places, IReadOnlyList<CentreOfMass> displacements)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(displacements);
        if (places.Count != displacements.Count || places.Count < 3)
        {
            throw new ArgumentException(
                $"A plane needs three places or more and as many displacements; there are {places.Count} and "
                + $"{displacements.Count}.", nameof(places));
        }

        // About the mean position, so that the slopes' equations are two by two.
        double meanRow = places.Average(place => place.Row), meanColumn = places.Average(place => place.Column);
        double rr = 0, rc = 0, cc = 0, rx = 0, cx = 0, ry = 0, cy = 0;
        for (int i = 0; i < places.Count; i++)
        {
            double row = places[i].Row - meanRow, column = places[i].Column - meanColumn;
            (double x, double y) = (displacements[i].X, displacements[i].Y);
            (rr, rc, cc) = (rr + (row * row), rc + (row * column), cc + (column * column));
            (rx, cx, ry, cy) = (rx + (row * x), cx + (column * x), ry + (row * y), cy + (column * y));
        }

        double determinant = (rr * cc) - (rc * rc);
        if (!(determinant > 1e-12 * Math.Max(rr, cc) * Math.Max(rr, cc)))
        {
            throw new ArgumentException("All places lie on one line: they do not fix a plane.", nameof(places));
        }

        double perRowX = ((cc * rx) - (rc * cx)) / determinant, perColumnX = ((rr * cx) - (rc * rx)) / determinant;
        double perRowY = ((cc * ry) - (rc * cy)) / determinant, perColumnY = ((rr * cy) - (rc * ry)) / determinant;
        double meanX = displacements.Average(each => each.X), meanY = displacements.Average(each => each.Y);
        return new DescanPlane(
            meanX - (perRowX * meanRow) - (perColumnX * meanColumn), perRowX, perColumnX,
            meanY - (perRowY * meanRow) - (perColumnY * meanColumn), perRowY, perColumnY);
    }

    /// <summary>The shift at a probe position.</summary>
    public (double X, double Y) At(ProbePosition place) =>
        (OffsetX + (PerRowX * place.Row) + (PerColumnX * place.Column),
            OffsetY + (PerRowY * place.Row) + (PerColumnY * place.Column));
}
