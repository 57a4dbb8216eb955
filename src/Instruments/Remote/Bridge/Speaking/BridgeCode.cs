namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>Codes of the protocol that a client acts upon, and two of its own.</summary>
internal static class BridgeCode
{
    public const string NotFound = "not-found";
    public const string InUse = "in-use";
    public const string SessionOver = "session-over";
    public const string Busy = "busy";
    public const string DataGone = "data-gone";
    public const string OutsideLimits = "outside-limits";
    public const string BeamAlarm = "beam-alarm";
    public const string Timeout = "timeout";

    /// <summary>No answer came.</summary>
    public const string Lost = "lost";

    /// <summary>An answer came that is none of the protocol.</summary>
    public const string WrongAnswer = "wrong-answer";
}
