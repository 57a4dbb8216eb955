using DklActors.Actors.Controlling;
using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DklActors.Host.Serving.Api;

/// <summary>Passes a person's command on to a run, and waits until it is durable.</summary>
internal sealed class Commander(ExperimentRegistry experiments, TimeProvider time, ILogger<Commander> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="ApiException">There is no such run, or it does not go on, or it refuses.</exception>
    public async Task<Accepted> AskAsync(
        string id, HttpRequest request, string? reason, string otherwise, Func<string, string, RunControl> control)
    {
        ExperimentEntry entry = experiments.Get(id);
        var client = Client.Of(request);
        RunControl asked = control(client.Name, Reasons.Of(reason, otherwise));
        if (entry.Live is not { } live)
        {
            throw ApiException.Conflict(
                $"{id} does not go on: it is {entry.Summary.Phase.ToString().ToLowerInvariant()}.",
                entry.Summary.Phase == Phase.Queued
                    ? "Wait for its turn, or take it out of the queue."
                    : "Continue it first.");
        }

        log.LogInformation(
            "Experiment {RunId}: {Name} asks for {Control}: {Reason}",
            id, client.Name, asked.GetType().Name, asked.Reason);
        ControlAnswer answer;
        try
        {
            answer = await live.Runner.AskAsync(asked, request.HttpContext.RequestAborted)
                .WaitAsync(Patience, time, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw ApiException.Conflict(
                $"{id} has not answered within {Patience.TotalSeconds} s; the command may be carried out yet.",
                "Look at the run's state and its actors before you ask again.");
        }

        return answer.Accepted
            ? new Accepted(answer.Sequence)
            : throw ApiException.Conflict(answer.Problem!, "Look at the run's state.");
    }
}
