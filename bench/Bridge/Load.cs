using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge;
using DklActors.Measuring;
using DklActors.Messages;
using DklActors.Messages.Exposure;
using DklActors.Messages.Geometry;

namespace DklActors.Bridge;

/// <summary>One detector, and the time that it may add to an exposure.</summary>
/// <param name="What">In words.</param>
/// <param name="Detector">Its name at the reference bridge.</param>
/// <param name="Shape">Of a frame.</param>
/// <param name="GoalMs">Beyond the dwell, from asking to the frame.</param>
internal sealed record Load(string What, string Detector, int[] Shape, double GoalMs)
{
    private const int WarmUp = 30;
    private const int SurveyEdge = 512;
    private const double SurveyGoalMs = 20;

    private static readonly TimeSpan Dwell = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SurveyDwell = TimeSpan.FromTicks(2);
    private static readonly TimeProvider Time = TimeProvider.System;

    public static Load[] All { get; } =
    [
        new("2,048-channel spectrum", "eels", [2048], 2),
        new("256 × 256 float32 pattern", "camera", [256, 256], 4),
    ];

    public async Task RunAsync(ReferenceBridge bridge, int rounds, Report report)
    {
        using var microscope = new BridgeMicroscope(
            new BridgeOptions
            {
                Address = bridge.Address,
                Token = bridge.Token,
                Client = "bench",
                Detector = Detector,
                Channel = "HAADF",
                Size = new GridShape(SurveyEdge, SurveyEdge),
                SurveyDwell = SurveyDwell,
                Dwell = Dwell,
                Longest = TimeSpan.FromSeconds(5),
            },
            Time);
        await microscope.BeginAsync("bench", CancellationToken.None);
        for (int i = 1; i <= WarmUp; i++)
        {
            await ExposeAsync(microscope, i);
        }

        double[] bare = new double[rounds], guarded = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            (bare[i], guarded[i]) = await ExposeAsync(microscope, WarmUp + 1 + i);
        }

        report.Heading(What);
        report.Limit("exposure and frame, beyond the dwell", Timing.Of(bare), GoalMs);
        report.Time("with permit, blanking and its read-back", Timing.Of(guarded));
        double[] surveys = new double[Math.Max(1, rounds / 10)];
        for (int i = 0; i < surveys.Length; i++)
        {
            long started = Time.GetTimestamp();
            await microscope.Survey.AcquireAsync(CancellationToken.None);
            surveys[i] = Time.GetElapsedTime(started).TotalMilliseconds
                - (SurveyEdge * SurveyEdge * SurveyDwell).TotalMilliseconds;
        }

        report.Limit("512 × 512 survey, beyond the scan", Timing.Of(surveys), SurveyGoalMs);
    }

    /// <returns>Milliseconds beyond the dwell: of the two requests, and with all that a run does about them.</returns>
    private static async Task<(double Bare, double Guarded)> ExposeAsync(BridgeMicroscope microscope, int number)
    {
        var lease = new ExposureLease(new PointId(number), 1, Dwell, TimeSpan.FromSeconds(5));
        long started = Time.GetTimestamp();
        await microscope.Detector.ArmAsync(lease, CancellationToken.None);
        microscope.Beam.Unblank();
        long asked = Time.GetTimestamp();
        await microscope.Detector.ExposeAsync(lease, CancellationToken.None);
        TimeSpan exposing = Time.GetElapsedTime(asked);
        microscope.Beam.Blank();
        if (!microscope.Beam.IsBlanked)
        {
            throw new InvalidOperationException("The beam does not blank.");
        }

        long reading = Time.GetTimestamp();
        await microscope.Detector.ReadOutAsync(lease, CancellationToken.None);
        TimeSpan bare = exposing + Time.GetElapsedTime(reading) - Dwell;
        return (bare.TotalMilliseconds, (Time.GetElapsedTime(started) - Dwell).TotalMilliseconds);
    }
}
