using System.Text.Json;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Linking;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Bridge;

/// <summary>The sample's stage behind a bridge.</summary>
internal sealed class BridgeStage(
    BridgeOptions options, BridgeClient client, BridgeLink link, StageLimits limits, TimeProvider time) : ISampleStage
{
    // The bridge gives a move three minutes, and its turn.
    private static readonly TimeSpan LongestMove = TimeSpan.FromSeconds(200);
    private static readonly TimeSpan LongestReadBack = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>As stated last; an instrument that states none any more is asked, and refuses.</summary>
    public StageLimits Limits => link.Capabilities.Stage ?? limits;

    public async ValueTask MoveAsync(StagePosition target, CancellationToken cancellationToken)
    {
        if (!target.IsFinite)
        {
            throw new StageLimitException($"The stage cannot go to {target}.");
        }

        while (true)
        {
            string? session = null;
            try
            {
                session = link.Session;
                PositionOf(await client.SendAsync(
                    BridgeRequest.With(
                        "PUT", "/v1/stage",
                        json =>
                        {
                            json.WriteNumber("x_nm", target.X.Value);
                            json.WriteNumber("y_nm", target.Y.Value);
                        },
                        session),
                    LongestMove,
                    cancellationToken).ConfigureAwait(false));
                return;
            }
            catch (BridgeException exception) when (exception.Code == BridgeCode.OutsideLimits)
            {
                throw new StageLimitException(exception.Message, exception);
            }
            catch (BridgeException exception) when (
                // Not carried out: refused, or never sent for want of a session. What was sent and got no answer may
                // have been, and is the caller's to find out.
                exception.Code is BridgeCode.SessionOver or BridgeCode.Busy || (exception.IsLost && session is null))
            {
                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask<StagePosition> ReadBackAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return PositionOf(await client.SendAsync(
                    BridgeRequest.Get("/v1/stage"), LongestReadBack, cancellationToken).ConfigureAwait(false));
            }
            catch (BridgeException exception) when (
                exception.IsLost || exception.Code is BridgeCode.Busy or BridgeCode.Timeout)
            {
                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Watch(StagePosition place, Nanometre tolerance) => link.Watch(place, tolerance);

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        link.Suspect();
        return Task.Delay(AgainAfter, time, cancellationToken);
    }

    private StagePosition PositionOf(JsonElement json)
    {
        try
        {
            return StagePosition.OfNanometres(json.Number("x_nm"), json.Number("y_nm"));
        }
        catch (FormatException exception)
        {
            throw BridgeException.Wrong(options.Address, $"it is no place of a stage: {exception.Message}", exception);
        }
    }
}
