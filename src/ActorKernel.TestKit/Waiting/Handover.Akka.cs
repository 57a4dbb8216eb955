using System.Collections.Concurrent;
using System.Globalization;
using Akka.Configuration;

namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>
/// Akka.NET constructs its scheduler and its executors from their names in a configuration. This hands them the
/// objects that they work with, under a number in that configuration.
/// </summary>
internal sealed record Handover(TimeProvider Time, Activity Activity)
{
    private const string Key = "dkl-test-kit";

    private static readonly ConcurrentDictionary<int, Handover> All = new();
    private static int Count;

    public static Config Register(Handover handover)
    {
        var number = Interlocked.Increment(ref Count);
        All[number] = handover;
        return ConfigurationFactory.ParseString(string.Create(CultureInfo.InvariantCulture, $$"""
            {{Key}} = {{number}}
            akka.scheduler.implementation = "{{typeof(TimeProviderScheduler).AssemblyQualifiedName}}"
            akka.actor.default-dispatcher.executor = "{{typeof(CountingExecutor).AssemblyQualifiedName}}"
            akka.actor.internal-dispatcher.executor = "{{typeof(CountingExecutor).AssemblyQualifiedName}}"
            """));
    }

    public static Handover Of(Config config) => All[config.GetInt(Key)];
}
