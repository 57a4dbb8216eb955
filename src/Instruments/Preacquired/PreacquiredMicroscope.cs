using DklActors.Instruments.Virtual;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Preacquired;

/// <summary>
/// Plays recorded data back as a microscope would take them: the frame under the probe, at a chosen dose, in a
/// chosen time.
/// </summary>
/// <remarks>
/// Its known truth is the frame without noise where the data hold one, else the recorded frame with the noise it has;
/// either is scaled like the measured ones.
/// </remarks>
public sealed class PreacquiredMicroscope : VirtualMicroscope
{
    // Frames as recorded do not depend on the dwell, so any will do for the truth.
    private static readonly TimeSpan AnyDwell = TimeSpan.FromSeconds(1);

    private readonly PreacquiredData _data;
    private readonly PreacquiredFrames? _truth;

    /// <param name="data">What to play back; the microscope owns it from here on.</param>
    /// <param name="options">How.</param>
    /// <param name="timing">Durations.</param>
    /// <param name="time">Waits and measures beam-on time.</param>
    /// <exception cref="ArgumentException">An option or duration makes no sense.</exception>
    public PreacquiredMicroscope(
        PreacquiredData data, PreacquiredOptions options, VirtualTiming timing, TimeProvider time)
        : base(SourceOf(data, options), data.Image, SettingsOf(options), timing, time)
    {
        _data = data;
        _truth = data.Truth is { } truth ? new PreacquiredFrames(data, truth, options.Counts) : null;
        string places = data.Sites.Extent == new GridShape(1, 1)
            ? $"{data.Sites.Count} places"
            : $"{data.Sites.Count} blocks of {data.Sites.Extent}";
        Description = $"preacquired: {data.Source.Path} ({data.Image.Shape}"
            + $"{(data.Sites.Points is null ? "" : $", {places}")})";
    }

    public override string Description { get; }

    public override bool IsNoiseFree => _truth is not null;

    public override IReadOnlyList<GridPoint>? Sites => _data.Sites.Points;

    public override GridShape SiteExtent => _data.Sites.Extent;

    public override IReadOnlyList<GridPoint> SeedPoints => _data.SeedPoints;

    public override Frame FrameAt(GridPoint point) => _truth is null ? base.FrameAt(point) : FrameAt(point, _truth);

    private protected override void Close() => _data.Dispose();

    private static PreacquiredFrames SourceOf(PreacquiredData data, PreacquiredOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new PreacquiredFrames(data, data.Frames, options.Counts);
    }

    private static VirtualSettings SettingsOf(PreacquiredOptions options) =>
        new(options.Seed, options.BeamCurrent, options.Probe, AnyDwell)
        {
            Drift = options.Drift,
            SurveyNoise = options.SurveyNoise,
        };
}
