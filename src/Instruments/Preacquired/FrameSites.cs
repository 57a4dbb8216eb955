using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Preacquired;

/// <summary>Where on the structural image the recorded frames were taken.</summary>
public abstract class FrameSites
{
    private protected FrameSites(GridShape image) => Image = image;

    /// <summary>Rows and columns of the structural image.</summary>
    public GridShape Image { get; }

    /// <summary>The pixels that have a frame, by number; null where every pixel has one.</summary>
    public abstract IReadOnlyList<GridPoint>? Points { get; }

    /// <summary>Pixels of the image that a frame stands for; its site lies right and below their middle.</summary>
    public abstract GridShape Extent { get; }

    /// <summary>Number of sites.</summary>
    public int Count => Points?.Count ?? Image.Count;

    /// <summary>The site with a number: that of the list of positions, else of the frame in stored order.</summary>
    public GridPoint this[int number] => Points is null ? Image.PointAt(number) : Points[number];

    /// <summary>A frame for each pixel of the image, row-major.</summary>
    public static FrameSites EveryPixel(GridShape image) => new Pixels(image);

    /// <summary>A frame for each block of the image.</summary>
    /// <param name="image">Rows and columns of the image.</param>
    /// <param name="frames">Rows and columns of the frames, which divide those of the image evenly.</param>
    public static FrameSites Blocks(GridShape image, GridShape frames) => new Grid(image, frames);

    /// <summary>A frame for each pixel of a list.</summary>
    /// <param name="image">Rows and columns of the image.</param>
    /// <param name="points">Different pixels of the image.</param>
    /// <param name="isOnGrid">Whether there are frames for all pixels, row-major, and those of the list count.</param>
    public static FrameSites Listed(GridShape image, IReadOnlyList<GridPoint> points, bool isOnGrid) =>
        new List(image, points, isOnGrid);

    /// <summary>Number of the stored frame for a probe at a place: that of the site it is nearest to.</summary>
    internal abstract int FrameAt(GridPoint pixel);

    private sealed class Pixels(GridShape image) : FrameSites(image)
    {
        public override IReadOnlyList<GridPoint>? Points => null;

        public override GridShape Extent => new(1, 1);

        internal override int FrameAt(GridPoint pixel) => Image.IndexOf(pixel);
    }

    private sealed class Grid : FrameSites
    {
        private readonly GridShape _frames;

        public Grid(GridShape image, GridShape frames)
            : base(image)
        {
            _frames = frames;
            Extent = new GridShape(image.Rows / frames.Rows, image.Columns / frames.Columns);
            Points = [.. Enumerable.Range(0, frames.Count).Select(frames.PointAt).Select(block => new GridPoint(
                (block.Row * Extent.Rows) + (Extent.Rows / 2),
                (block.Column * Extent.Columns) + (Extent.Columns / 2)))];
        }

        public override IReadOnlyList<GridPoint> Points { get; }

        public override GridShape Extent { get; }

        internal override int FrameAt(GridPoint pixel) =>
            _frames.IndexOf(new GridPoint(pixel.Row / Extent.Rows, pixel.Column / Extent.Columns));
    }

    private sealed class List : FrameSites
    {
        private readonly bool _isOnGrid;
        private readonly Dictionary<GridPoint, int> _numbers;

        public List(GridShape image, IReadOnlyList<GridPoint> points, bool isOnGrid)
            : base(image)
        {
            _isOnGrid = isOnGrid;
            Points = points;
            _numbers = points.Index().ToDictionary(static entry => entry.Item, static entry => entry.Index);
        }

        public override IReadOnlyList<GridPoint> Points { get; }

        public override GridShape Extent => new(1, 1);

        internal override int FrameAt(GridPoint pixel)
        {
            // A probe that lands between the sites sees the nearest; that happens only where errors are simulated.
            int number = _numbers.TryGetValue(pixel, out int exact)
                ? exact
                : Enumerable.Range(0, Points.Count).MinBy(i => pixel.Centre.DistanceTo(Points[i].Centre));
            return _isOnGrid ? Image.IndexOf(Points[number]) : number;
        }
    }
}
