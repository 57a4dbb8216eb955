using System.Net.Security;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Bridge;

/// <summary>Which bridge, and what is asked of the microscope behind it. Never written anywhere: it holds the token.
/// </summary>
public sealed class BridgeOptions
{
    public static readonly TimeSpan DefaultHeartbeat = TimeSpan.FromSeconds(3);

    /// <summary>Plain HTTP on a loopback address, HTTPS elsewhere; without a path.</summary>
    public required Uri Address { get; init; }

    /// <summary>What opens it.</summary>
    public required string Token { get; init; }

    /// <summary>Judges the bridge's certificate; null for the machine's own authorities.</summary>
    public RemoteCertificateValidationCallback? Trusts { get; init; }

    /// <summary>How this program names itself to whoever asks who commands.</summary>
    public required string Client { get; init; }

    /// <summary>The detector whose frames are measured.</summary>
    public required string Detector { get; init; }

    /// <summary>The channel of the structural image.</summary>
    public required string Channel { get; init; }

    /// <summary>Rows and columns of the structural image.</summary>
    public required GridShape Size { get; init; }

    /// <summary>Time of the survey on each pixel.</summary>
    public required TimeSpan SurveyDwell { get; init; }

    /// <summary>Probe current; null for what the instrument says.</summary>
    public BeamCurrent? Current { get; init; }

    /// <summary>Edge of a pixel of the structural image; null for what the instrument says.</summary>
    public Nanometre? PixelSize { get; init; }

    /// <summary>Energy of channel 0 and width of a channel; null for what the instrument says.</summary>
    public (ElectronVolt Origin, ElectronVolt Dispersion)? Energy { get; init; }

    /// <summary>Silence after which the bridge blanks the beam by itself.</summary>
    public TimeSpan Heartbeat { get; init; } = DefaultHeartbeat;

    /// <summary>Integration time that will be asked for, to see beforehand whether it is allowed.</summary>
    public required TimeSpan Dwell { get; init; }

    /// <summary>Longest time that the beam will be on for one exposure.</summary>
    public required TimeSpan Longest { get; init; }
}
