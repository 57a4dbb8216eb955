using DklActors.Messages.Units;

namespace DklActors.Messages.Frames;

/// <summary>A uniform energy axis: channel k is centred at Origin + k · Dispersion.</summary>
public sealed record EnergyAxis(ElectronVolt Origin, ElectronVolt Dispersion, int Channels)
{
    // A bound that the recipe and the axis write with different rounding still counts as lying on the channel.
    private const double BoundaryTolerance = 1e-6;

    public ElectronVolt this[int channel] => new(Origin.Value + (channel * Dispersion.Value));

    public ElectronVolt Last => this[Channels - 1];

    /// <summary>Channels strictly inside the window, as a half-open range; empty where there is none.</summary>
    public Range ChannelsWithin(EnergyWindow window) =>
        ChannelsWithin(window, Origin.Value, Dispersion.Value, Channels);

    /// <inheritdoc cref="ChannelsWithin(EnergyWindow)"/>
    /// <remarks>For an axis that is not worth an object, as while a spectrum is prepared; energies in eV.</remarks>
    public static Range ChannelsWithin(EnergyWindow window, double origin, double dispersion, int channels)
    {
        double first = (window.Low.Value - origin) / dispersion;
        double last = (window.High.Value - origin) / dispersion;
        int start = (int)Math.Clamp(Math.Floor(first + BoundaryTolerance) + 1, 0, channels);
        int end = (int)Math.Clamp(Math.Ceiling(last - BoundaryTolerance), start, channels);
        return start..end;
    }

    /// <summary>Whether both bounds lie on the axis (within half a channel) and a channel lies between them.</summary>
    public bool Covers(EnergyWindow window)
    {
        double slack = 0.5 * Dispersion.Value;
        Range channels = ChannelsWithin(window);
        return window.Low.Value >= Origin.Value - slack && window.High.Value <= Last.Value + slack
            && channels.End.Value > channels.Start.Value;
    }

    public override string ToString() => $"{Origin} .. {Last}, {Dispersion}/channel";
}
