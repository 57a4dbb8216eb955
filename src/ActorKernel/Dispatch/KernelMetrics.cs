using System.Diagnostics.Metrics;

namespace DklActors.ActorKernel.Dispatch;

/// <summary>Every message that does not arrive is counted, under the meter <see cref="MeterName"/>.</summary>
public static class KernelMetrics
{
    public const string MeterName = "DklActors.ActorKernel";

    private static readonly Meter Meter = new(MeterName);

    internal static Counter<long> DeadLetters { get; } = Meter.CreateCounter<long>(
        "actors.dead_letters", "{message}", "Messages that reached no actor, dropped ones included.");

    internal static Counter<long> DroppedMessages { get; } = Meter.CreateCounter<long>(
        "actors.dropped_messages", "{message}", "Messages that a full mailbox refused or evicted.");
}
