using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Linking;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Bridge;

/// <summary>The structural image of a microscope behind a bridge.</summary>
internal sealed class BridgeSurvey(
    BridgeOptions options, BridgeClient client, BridgeLink link, BridgeBeam beam, TimeProvider time) : ISurvey
{
    // What speaks against measuring may pass; who waits for the image waits twice its time and five seconds.
    private static readonly TimeSpan ConditionPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(50);

    private string _run = "run";
    private int _surveys;

    public TimeSpan Duration { get; } = BridgeFit.SurveyTime(options);

    public void Begin(string run) => _run = RequestName.Of(run);

    public async ValueTask<StructuralImage> AcquireAsync(CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        while (link.Problem is { } problem)
        {
            if (time.GetElapsedTime(started) > ConditionPatience)
            {
                throw new InstrumentException(FaultClass.Transient, problem);
            }

            await Task.Delay(AgainAfter, time, cancellationToken).ConfigureAwait(false);
        }

        long permit = beam.NextPermit();
        string request = $"{_run}/{link.Mark}/survey-{Interlocked.Increment(ref _surveys)}";
        BridgeArray array;
        started = time.GetTimestamp();
        while (true)
        {
            try
            {
                array = await AskAsync(request, permit, cancellationToken).ConfigureAwait(false);
                break;
            }
            catch (BridgeException exception) when (
                exception.IsLost && time.GetElapsedTime(started) < Duration + AnswerPatience)
            {
                // The same request is answered with the image that was taken, or carried out if it never came.
                link.Suspect();
                await Task.Delay(AgainAfter, time, cancellationToken).ConfigureAwait(false);
            }
        }

        link.Suspect();
        double? pixel = array.Meta.FindNumber("pixel_nm");
        Nanometre size = options.PixelSize ?? (pixel is > 0 and < 1e9
            ? new Nanometre(pixel.Value)
            : throw new InstrumentException(
                FaultClass.Permanent,
                "The microscope does not say how large a pixel of its image is; add microscope.pixelSize."));
        return new StructuralImage(options.Channel, options.Size, size, array.Values);
    }

    private Task<BridgeArray> AskAsync(string request, long permit, CancellationToken cancellationToken) =>
        client.GetArrayAsync(
            BridgeRequest.With(
                "POST", "/v1/surveys",
                json =>
                {
                    json.WriteString("request", request);
                    json.WriteNumber("permit", permit);
                    json.WriteString("channel", options.Channel);
                    json.WriteNumber("rows", options.Size.Rows);
                    json.WriteNumber("columns", options.Size.Columns);
                    json.WriteNumber("dwell_s", options.SurveyDwell.TotalSeconds);
                    json.WriteNumber("longest_s", Duration.TotalSeconds);
                },
                link.Session),
            new ExpectedArray(request, [options.Size.Rows, options.Size.Columns], null, IsFinite: true),
            Duration + AnswerPatience,
            cancellationToken);
}
