namespace DklActors.ActorKernel.Pattern;

/// <summary>How a <see cref="BackoffSupervisor"/> behaves: begin with <see cref="Backoff"/>.</summary>
public sealed class BackoffOptions
{
    internal BackoffOptions(BackoffPlan plan) => Plan = plan;

    internal BackoffPlan Plan { get; }

    /// <summary>The backoff begins again at its least once the child has lived for this time; the default is the
    /// least backoff itself.</summary>
    public BackoffOptions WithAutoReset(TimeSpan resetBackoff) => new(Plan with { AutoReset = resetBackoff });

    /// <summary>The backoff begins again at its least when <see cref="BackoffSupervisor.Reset"/> arrives.</summary>
    public BackoffOptions WithManualReset() => new(Plan with { AutoReset = null });

    /// <summary>Takes the limit of the strategy too, so call <see cref="WithMaxNrOfRetries"/> after it.</summary>
    public BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        new(Plan with { Strategy = supervisorStrategy });

    /// <summary>Every failure stops the child, so that OnStop backs off from failures too.</summary>
    public BackoffOptions WithDefaultStoppingStrategy() => WithSupervisorStrategy(
        SupervisorStrategy.StoppingStrategy.WithMaxNrOfRetries(Plan.Strategy.MaxNumberOfRetries));

    public BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) =>
        WithSupervisorStrategy(Plan.Strategy.WithMaxNrOfRetries(maxNrOfRetries));

    /// <summary>The reply to every message while there is no child, in place of a dead letter.</summary>
    public BackoffOptions WithReplyWhileStopped(object replyWhileStopped) =>
        new(Plan with { ReplyWhileStopped = replyWhileStopped });
}

internal sealed record BackoffPlan(
    bool OnStop, Props ChildProps, string ChildName, TimeSpan MinBackoff, TimeSpan MaxBackoff, double RandomFactor)
{
    /// <summary>Null: only <see cref="BackoffSupervisor.Reset"/> resets.</summary>
    public TimeSpan? AutoReset { get; init; } = MinBackoff;

    public OneForOneStrategy Strategy { get; init; } = new(SupervisorStrategy.DefaultDecider.Decide);

    public object? ReplyWhileStopped { get; init; }
}
