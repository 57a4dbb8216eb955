using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>A bridge refused, answered what it must not, or is not there.</summary>
internal sealed class BridgeException : InstrumentException
{
    private BridgeException(FaultClass faultClass, string code, string message, Exception? inner)
        : base(faultClass, message, inner) => Code = code;

    /// <summary>One of <see cref="BridgeCode"/>.</summary>
    public string Code { get; }

    /// <summary>Whether nobody knows if the request arrived.</summary>
    public bool IsLost => Code == BridgeCode.Lost;

    /// <summary>An answer of 400 or above.</summary>
    public static BridgeException Refused(Uri bridge, string code, FaultClass fault, string message) =>
        new(fault, code, $"The bridge at {bridge.Authority} refused ({code}): {message}", null);

    /// <summary>The connection cannot be made, broke, or brought no answer in time.</summary>
    public static BridgeException Lost(Uri bridge, string why, Exception? inner = null) =>
        new(
            FaultClass.Transient, BridgeCode.Lost,
            $"The bridge at {bridge.Authority} does not answer: {why.TrimEnd('.')}.", inner);

    /// <summary>An answer that is none of the protocol: it is not used, and not asked for again.</summary>
    public static BridgeException Wrong(Uri bridge, string what, Exception? inner = null) =>
        new(
            FaultClass.Permanent, BridgeCode.WrongAnswer,
            $"The answer of the bridge at {bridge.Authority} is not used: {what.TrimEnd('.')}.", inner);

    /// <summary>Something else answers at the address.</summary>
    public static BridgeException NoBridge(Uri address) =>
        Wrong(address, "what answers there is no bridge; check microscope.address");

    /// <summary>An array that is not what was asked for; another exposure may give a good one.</summary>
    public static BridgeException WrongArray(Uri bridge, string what) =>
        new(
            FaultClass.Transient, BridgeCode.WrongAnswer,
            $"The array of the bridge at {bridge.Authority} is not used: {what.TrimEnd('.')}.", null);
}
