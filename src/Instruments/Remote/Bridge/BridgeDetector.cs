using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Linking;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Exposure;
using DklActors.Messages.Frames;

namespace DklActors.Instruments.Remote.Bridge;

/// <summary>
/// A detector behind a bridge: one request exposes once, under the permit that the beam gave, and is asked after where
/// its connection breaks.
/// </summary>
/// <remarks>
/// An exposure of which nothing is heard in time ends here shortly before its lease does, so that the beam is blanked
/// by its holder; what became of it is found out when the frame is read out, which has a longer deadline.
/// </remarks>
internal sealed class BridgeDetector : IDetector
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FrameMargin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(50);

    // A read-out waits no longer for a link that is gone; who asked for it waits about as long.
    private static readonly TimeSpan ResolvePatience = TimeSpan.FromSeconds(9);

    private readonly Uri _bridge;
    private readonly BridgeClient _client;
    private readonly BridgeLink _link;
    private readonly BridgeBeam _beam;
    private readonly DetectorFacts _facts;
    private readonly EnergyAxis? _axis;
    private readonly TimeProvider _time;
    private readonly bool _axisIsIts;
    private string _run = "run";
    private ExposureLease? _armed;
    private Exposed? _exposed;

    public BridgeDetector(
        BridgeOptions options,
        BridgeClient client,
        BridgeLink link,
        BridgeBeam beam,
        DetectorFacts facts,
        EnergyAxis? axis,
        TimeProvider time)
    {
        _bridge = options.Address;
        _client = client;
        _link = link;
        _beam = beam;
        _facts = facts;
        _axis = axis;
        _axisIsIts = options.Energy is null;
        _time = time;
    }

    /// <summary>Requests carry the name of the run; what the bridge made for this session keeps two runs of one name
    /// apart.</summary>
    public void Begin(string run) => _run = RequestName.Of(run);

    public ValueTask ArmAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = _link.Session;
        _armed = lease;
        return ValueTask.CompletedTask;
    }

    public async ValueTask ExposeAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        if (_armed != lease)
        {
            throw new InstrumentException(FaultClass.Permanent, $"The detector is not armed for {lease.Id}.");
        }

        _armed = null;
        long started = _time.GetTimestamp();
        var exposed = new Exposed(lease, $"{_run}/{_link.Mark}/{lease.Id}");
        _exposed = exposed;
        TimeSpan margin = lease.LongestWallTime / 20;
        TimeSpan patience = lease.LongestWallTime - (margin > LeastMargin ? margin : LeastMargin);
        Task<ExposureOutcome> asked = AskToExposeAsync(exposed, cancellationToken);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task late = Task.Delay(patience, _time, answered.Token);
        try
        {
            if (await Task.WhenAny(asked, late).ConfigureAwait(false) != asked)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Forget(asked);
                return;
            }

            Settle(exposed, await asked.ConfigureAwait(false));
        }
        catch (BridgeException exception) when (exception.IsLost)
        {
            _link.Suspect();
            if (await ResolveAsync(exposed, patience - _time.GetElapsedTime(started), cancellationToken)
                .ConfigureAwait(false) is { } outcome)
            {
                Settle(exposed, outcome);
            }
        }
        finally
        {
            await answered.CancelAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask<Frame> ReadOutAsync(ExposureLease lease, CancellationToken cancellationToken)
    {
        if (_exposed is not { } exposed || exposed.Lease != lease)
        {
            throw new InstrumentException(FaultClass.Permanent, $"Nothing was exposed under {lease.Id}.");
        }

        long started = _time.GetTimestamp();
        if (!exposed.IsSettled)
        {
            ExposureOutcome outcome =
                await ResolveAsync(exposed, ResolvePatience, cancellationToken).ConfigureAwait(false)
                ?? throw new OutcomeUnknownException(
                    $"Nobody knows whether {exposed.Request} was exposed: {_link.Problem ?? "nothing is heard"}");
            Settle(exposed, outcome);
        }

        while (true)
        {
            try
            {
                return await FetchAsync(exposed, cancellationToken).ConfigureAwait(false);
            }
            catch (BridgeException exception) when (
                exception.IsLost && _time.GetElapsedTime(started) < ResolvePatience)
            {
                _link.Suspect();
                await Task.Delay(AgainAfter, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (BridgeException exception) when (exception.Code is BridgeCode.DataGone)
            {
                throw new InstrumentException(
                    FaultClass.Transient, $"The frame of {exposed.Request} is lost. {exception.Message}", exception);
            }
        }
    }

    private async Task<ExposureOutcome> AskToExposeAsync(Exposed exposed, CancellationToken cancellationToken)
    {
        BridgeRequest request = BridgeRequest.With(
            "POST", "/v1/exposures",
            json =>
            {
                json.WriteString("request", exposed.Request);
                json.WriteNumber("permit", _beam.Permit);
                json.WriteString("detector", _facts.Id);
                json.WriteNumber("dwell_s", exposed.Lease.Dwell.TotalSeconds);
                json.WriteNumber("longest_s", exposed.Lease.LongestWallTime.TotalSeconds);
            },
            _link.Session);
        try
        {
            return ExposureOutcome.Of(
                _bridge,
                await _client.SendAsync(request, exposed.Lease.LongestWallTime + AnswerPatience, cancellationToken)
                    .ConfigureAwait(false),
                exposed.Request);
        }
        catch (BridgeException exception) when (exception.Code is BridgeCode.SessionOver)
        {
            _link.Suspect();
            throw new InstrumentException(FaultClass.Transient, exception.Message, exception);
        }
    }

    /// <summary>Asks what became of an exposure; null where nobody could be asked in time.</summary>
    private async Task<ExposureOutcome?> ResolveAsync(
        Exposed exposed, TimeSpan patience, CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        var path = BridgeRequest.Get($"/v1/exposures/{Uri.EscapeDataString(exposed.Request)}");
        while (patience - _time.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            try
            {
                return ExposureOutcome.Of(
                    _bridge,
                    await _client.SendAsync(path, left, cancellationToken).ConfigureAwait(false),
                    exposed.Request);
            }
            catch (BridgeException exception) when (exception.Code is BridgeCode.NotFound)
            {
                // Should it come yet, its permit is revoked: the beam is blanked before anything is asked again.
                throw new InstrumentException(
                    FaultClass.Transient, $"The request {exposed.Request} never reached the bridge.", exception);
            }
            catch (BridgeException exception) when (exception.IsLost || exception.Code is BridgeCode.Timeout)
            {
                _link.Suspect();
                await Task.Delay(AgainAfter, _time, cancellationToken).ConfigureAwait(false);
            }
        }

        return null;
    }

    private void Settle(Exposed exposed, ExposureOutcome outcome)
    {
        if (outcome.Kind == "cut-short" && outcome.WasTakenAway)
        {
            _beam.NoteTakenAway();
        }

        outcome.RequireExposed(exposed.Request);
        exposed.IsSettled = true;
    }

    private async Task<Frame> FetchAsync(Exposed exposed, CancellationToken cancellationToken)
    {
        BridgeArray array = await _client.GetArrayAsync(
            BridgeRequest.Get($"/v1/exposures/{Uri.EscapeDataString(exposed.Request)}/frame"),
            new ExpectedArray(exposed.Request, _facts.Shape, _facts.Dtype),
            _facts.ReadOut + FrameMargin,
            cancellationToken).ConfigureAwait(false);
        if (array.Meta.FindText("detector") is { } detector && detector != _facts.Id)
        {
            throw BridgeException.WrongArray(_bridge, $"it is of detector {detector}");
        }

        if (_axisIsIts && _axis is not null && array.Meta.Find("energy") is { } energy
            && (energy.FindNumber("origin_ev") != _axis.Origin.Value
                || energy.FindNumber("dispersion_ev") != _axis.Dispersion.Value))
        {
            throw BridgeException.WrongArray(_bridge, "its energies are others than when the run began");
        }

        return _facts.FrameOf(array.Values, _axis);
    }

    // The answer to it is asked for anew.
    private static void Forget(Task task) => task.ContinueWith(
        static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private sealed class Exposed(ExposureLease lease, string request)
    {
        public ExposureLease Lease => lease;

        public string Request => request;

        /// <summary>Whether the bridge has said that there is a frame.</summary>
        public bool IsSettled { get; set; }
    }
}
