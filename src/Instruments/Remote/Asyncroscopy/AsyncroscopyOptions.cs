using DklActors.Instruments.Ports;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Asyncroscopy;

/// <summary>Where the servers of asyncroscopy are, and all that they do not tell.</summary>
public sealed record AsyncroscopyOptions
{
    /// <summary>Host of the central server.</summary>
    public required string Host { get; init; }

    /// <summary>Its port, usually 9000.</summary>
    public required int Port { get; init; }

    /// <summary>The scanning detector.</summary>
    public required string Channel { get; init; }

    /// <summary>Rows and columns of the structural image; a scan is square.</summary>
    public required GridShape Size { get; init; }

    /// <summary>Time of the scan on each pixel.</summary>
    public required TimeSpan SurveyDwell { get; init; }

    /// <summary>Channels of a spectrum.</summary>
    public required int SpectrumSize { get; init; }

    public required BeamCurrent Current { get; init; }

    /// <summary>Edge of a pixel of the structural image.</summary>
    public required Nanometre PixelSize { get; init; }

    public required ElectronVolt EnergyOrigin { get; init; }

    public required ElectronVolt EnergyDispersion { get; init; }

    /// <summary>What the spectrometer was set to; no request tells it.</summary>
    public required TimeSpan Dwell { get; init; }

    /// <summary>A blanker that reads back; null to go by what the server was told last.</summary>
    public IBeam? Blanker { get; init; }

    public override string ToString() => $"asyncroscopy at {Host}:{Port}";
}
