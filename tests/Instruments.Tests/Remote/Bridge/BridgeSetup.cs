using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;
using DklActors.Messages;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>Microscopes at bridges of tests, and what they are asked for.</summary>
internal static class BridgeSetup
{
    public static readonly TimeSpan Dwell = TimeSpan.FromMilliseconds(20);

    // Longer than any machine is held up for; what ends early in a test is made to.
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    public static BridgeOptions Options(
        Uri address, string token, string detector = "eels", double heartbeatS = 3, double dwellS = 0.02) => new()
        {
            Address = address,
            Token = token,
            Client = "tests",
            Detector = detector,
            Channel = "HAADF",
            Size = new GridShape(32, 32),
            SurveyDwell = TimeSpan.FromMicroseconds(2),
            Heartbeat = TimeSpan.FromSeconds(heartbeatS),
            Dwell = TimeSpan.FromSeconds(dwellS),
            Longest = Longest,
        };

    public static BridgeMicroscope Open(this ScriptedBridge bridge, double heartbeatS = 0.5) =>
        new(Options(bridge.Address, ScriptedBridge.Token, heartbeatS: heartbeatS), TimeProvider.System);

    /// <summary>A microscope that commands.</summary>
    public static async Task<BridgeMicroscope> BeginAsync(this ScriptedBridge bridge, double heartbeatS = 0.5)
    {
        BridgeMicroscope microscope = bridge.Open(heartbeatS);
        await microscope.BeginAsync("run-1", CancellationToken.None);
        return microscope;
    }

    public static ExposureLease Lease(int attempt = 1, TimeSpan? longest = null) =>
        new(new PointId(7), attempt, Dwell, longest ?? Longest);

    /// <summary>One exposure as the pipeline makes it, with the beam opened and closed.</summary>
    public static async Task<Frame> MeasureAsync(this IMicroscope microscope, ExposureLease? lease = null)
    {
        lease ??= Lease();
        await microscope.Detector.ArmAsync(lease, CancellationToken.None);
        microscope.Beam.Unblank();
        try
        {
            await microscope.Detector.ExposeAsync(lease, CancellationToken.None);
        }
        finally
        {
            microscope.Beam.Blank();
        }

        return await microscope.Detector.ReadOutAsync(lease, CancellationToken.None);
    }

    public static string? ProblemOf(this IInstrument instrument, string condition) =>
        instrument.Conditions.Single(one => one.Name == condition).Problem;

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo, string what)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(started).Should().BeLessThan(Patience, what);
            await Task.Delay(Glance, TimeProvider.System);
        }
    }
}
