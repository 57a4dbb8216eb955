using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Planning;

/// <summary>
/// Which points have to be measured beside each planned one, because the scalarizer needs their frames.
/// </summary>
/// <remarks>
/// Neighbours are counted in frames: where a frame stands for a block of pixels, the next one is a block away. One
/// outside of the image, its margin or the places that can be measured does not exist; none is planned where no point
/// may be.
/// </remarks>
public sealed class Stencil
{
    private readonly ImmutableArray<GridOffset> _offsets;
    private readonly GridShape _image;
    private readonly GridShape _extent;
    private readonly int _margin;
    private readonly PlanSettings? _plan;
    private readonly HashSet<GridPoint>? _sites;

    private Stencil(ImmutableArray<GridOffset> offsets, GridShape image, ExperimentSettings settings)
    {
        _offsets = offsets;
        _image = image;
        _extent = settings.SiteExtent;
        _margin = settings.Stage.MarginInPixels;
        _sites = settings.Sites is { } sites ? [.. sites] : null;
    }

    private Stencil(Stencil all, PlanSettings plan)
    {
        (_offsets, _image, _extent, _margin, _sites) = (all._offsets, all._image, all._extent, all._margin, all._sites);
        _plan = plan;
    }

    /// <summary>Whether a point's own frame is all that is needed.</summary>
    public bool IsEmpty => _offsets.IsEmpty;

    /// <summary>Neighbours that may have been measured, wherever points may be planned now.</summary>
    /// <param name="offsets">What the scalarizer asks for.</param>
    /// <param name="image">The structural image.</param>
    /// <param name="settings">Where points may lie.</param>
    public static Stencil Of(ImmutableArray<GridOffset> offsets, GridShape image, ExperimentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new Stencil(offsets, image, settings);
    }

    /// <summary>The same neighbours, without those where no point may be planned.</summary>
    /// <param name="plan">What is allowed now.</param>
    public Stencil Within(PlanSettings plan) => new(this, plan);

    /// <summary>The neighbours of a point, in the scalarizer's order; null for one that does not exist.</summary>
    public ImmutableArray<GridPoint?> Around(GridPoint centre) =>
    [
        .. _offsets.Select(offset => new GridOffset(offset.Rows * _extent.Rows, offset.Columns * _extent.Columns))
            .Select(offset => offset.From(centre))
            .Select(point => Exists(point) ? point : (GridPoint?)null),
    ];

    private bool Exists(GridPoint point) =>
        point.Row >= _margin && point.Column >= _margin
        && point.Row < _image.Rows - _margin && point.Column < _image.Columns - _margin
        && (_plan is null || _plan.Allows(point)) && (_sites is null || _sites.Contains(point));
}
