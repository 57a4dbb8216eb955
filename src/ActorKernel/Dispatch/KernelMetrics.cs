using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace DklActors.ActorKernel.Dispatch;

/// <summary>
/// What happens in all actor systems of the process, under the meter <see cref="MeterName"/>. Every message that does
/// not arrive is counted. Tags: <c>system</c> is its name, <c>actor</c> the path without it.
/// </summary>
/// <remarks>
/// Names that the system gives ($a, $b …) become <c>*</c> in the path, and actors that then have one path share one
/// series: depths are added up, of ages the greatest counts. A name that a person gives makes a series of its own.
/// Counts are exact from the moment somebody listens; until then nothing is allocated.
/// </remarks>
public static class KernelMetrics
{
    public const string MeterName = "DklActors.ActorKernel";

    private static readonly Meter Meter = new(MeterName);

    // Weak, so that a system which is forgotten without an end is forgotten here too.
    private static readonly ConditionalWeakTable<ActorSystem, object?> Systems = [];

    internal static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>(
        "actors.dead_letters", "{message}", "Messages that reached no actor, dropped ones included.");

    internal static readonly Counter<long> DroppedMessages = Meter.CreateCounter<long>(
        "actors.dropped_messages", "{message}", "Messages that a full mailbox refused or evicted, by policy.");

    internal static readonly Counter<long> ProcessedMessages = Meter.CreateCounter<long>(
        "actors.processed_messages", "{message}", "User messages that actors handled.");

    internal static readonly Counter<long> UnhandledMessages = Meter.CreateCounter<long>(
        "actors.unhandled_messages", "{message}", "Messages that their actor did not handle.");

    internal static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "actors.failures", "{failure}", "Failures handed to a supervisor, by the type of the exception.");

    internal static readonly Counter<long> Restarts = Meter.CreateCounter<long>(
        "actors.restarts", "{restart}", "New incarnations after a failure.");

    internal static readonly Counter<long> Stops = Meter.CreateCounter<long>(
        "actors.stops", "{actor}", "Actors that came to their end.");

    internal static readonly Counter<long> AskTimeouts = Meter.CreateCounter<long>(
        "actors.ask_timeouts", "{ask}", "Asks without a reply in time, by the actor asked.");

    static KernelMetrics()
    {
        Gauge("actors.mailbox_depth", "{message}", "User messages that wait.", a => a.Depth, Enumerable.Sum);
        Gauge("actors.stash_depth", "{message}", "User messages in a stash.", a => a.Stashed, Enumerable.Sum);
        Gauge(
            "actors.oldest_message_age", "s", "How long the first message that waits has waited; 0 if none does.",
            a => (a.OldestWaiting ?? TimeSpan.Zero).TotalSeconds, Enumerable.Max);
    }

    internal static void Add(ActorSystem system) => Systems.Add(system, null);

    internal static void Remove(ActorSystem system) => Systems.Remove(system);

    internal static void Count(Counter<long> counter, ActorPath actor, long count = 1)
    {
        if (counter.Enabled && count > 0)
        {
            counter.Add(count, SystemTag(actor), ActorTag(actor));
        }
    }

    internal static void Count(Counter<long> counter, ActorPath actor, string tag, string? value)
    {
        if (counter.Enabled)
        {
            counter.Add(1, new(tag, value), SystemTag(actor), ActorTag(actor));
        }
    }

    private static KeyValuePair<string, object?> SystemTag(ActorPath actor) => new("system", actor.SystemName);

    private static KeyValuePair<string, object?> ActorTag(ActorPath actor) => new("actor", actor.SeriesName);

    private static void Gauge(
        string name, string unit, string description,
        Func<ActorSnapshot, double> value, Func<IEnumerable<double>, double> together) =>
        Meter.CreateObservableGauge(
            name,
            () => from system in Systems.Select(entry => entry.Key)
                  from actors in ActorTree.Of(system).WithDescendants().GroupBy(actor => actor.Path.SeriesName)
                  let path = actors.First().Path
                  select new Measurement<double>(together(actors.Select(value)), SystemTag(path), ActorTag(path)),
            unit,
            description);
}
