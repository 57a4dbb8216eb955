using DklActors.Instruments.Virtual;

namespace DklActors.Instruments.Preacquired;

/// <summary>
/// Plays recorded data back as a microscope would take them: the frame under the probe, at a chosen dose, in a
/// chosen time.
/// </summary>
/// <remarks>Its known truth is the recorded frame, scaled like the measured ones, with the noise it has.</remarks>
public sealed class PreacquiredMicroscope : VirtualMicroscope
{
    // Frames as recorded do not depend on the dwell, so any will do for the truth.
    private static readonly TimeSpan AnyDwell = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">An option or duration makes no sense.</exception>
    public PreacquiredMicroscope(
        PreacquiredData data, PreacquiredOptions options, VirtualTiming timing, TimeProvider time)
        : base(SourceOf(data, options), data.Image, SettingsOf(options), timing, time) =>
        Description = $"preacquired: {data.Source.Path} ({data.Image.Shape})";

    public override string Description { get; }

    public override bool IsNoiseFree => false;

    private static PreacquiredFrames SourceOf(PreacquiredData data, PreacquiredOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new PreacquiredFrames(data, options.Counts);
    }

    private static VirtualSettings SettingsOf(PreacquiredOptions options) =>
        new(options.Seed, options.BeamCurrent, options.Probe, AnyDwell);
}
