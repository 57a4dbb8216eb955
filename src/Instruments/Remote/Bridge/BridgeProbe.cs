using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Linking;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Remote.Bridge;

/// <summary>The probe behind a bridge. A move waits for a link that is gone until it is called off.</summary>
internal sealed class BridgeProbe(BridgeOptions options, BridgeClient client, BridgeLink link, TimeProvider time)
    : IProbe
{
    private static readonly TimeSpan LongestMove = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestReadBack = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(50);

    public GridShape ScanWindow => options.Size;

    public async ValueTask MoveAsync(ProbePosition target, CancellationToken cancellationToken)
    {
        if (!double.IsFinite(target.Row + target.Column))
        {
            throw new InstrumentException(FaultClass.Permanent, $"The probe cannot go to {target}.");
        }

        while (true)
        {
            try
            {
                await ConfirmWindowAsync(cancellationToken).ConfigureAwait(false);
                PositionOf(await client.SendAsync(
                    BridgeRequest.With(
                        "PUT", "/v1/probe",
                        json =>
                        {
                            json.WriteNumber("row", target.Row);
                            json.WriteNumber("column", target.Column);
                        },
                        link.Session),
                    LongestMove,
                    cancellationToken).ConfigureAwait(false));
                return;
            }
            catch (BridgeException exception) when (
                exception.IsLost || exception.Code is BridgeCode.SessionOver or BridgeCode.Busy)
            {
                link.Suspect();
                await Task.Delay(AgainAfter, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask<ProbePosition> ReadBackAsync(CancellationToken cancellationToken) => PositionOf(
        await client.SendAsync(BridgeRequest.Get("/v1/probe"), LongestReadBack, cancellationToken)
            .ConfigureAwait(false));

    private async Task ConfirmWindowAsync(CancellationToken cancellationToken)
    {
        if (!BridgeFit.HasWindow(link.Capabilities, options.Size))
        {
            // Blocking calls, after a survey or a new start of the bridge only.
            await Task.Run(link.ConfirmWindow, cancellationToken).ConfigureAwait(false);
        }
    }

    private ProbePosition PositionOf(System.Text.Json.JsonElement json)
    {
        try
        {
            return new ProbePosition(json.Number("row"), json.Number("column"));
        }
        catch (FormatException exception)
        {
            throw BridgeException.Wrong(options.Address, $"it is no position: {exception.Message}", exception);
        }
    }
}
