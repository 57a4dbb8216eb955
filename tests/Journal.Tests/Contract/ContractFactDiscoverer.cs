using DklActors.Support.Postgres;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace DklActors.Journal.Tests.Contract;

/// <summary>An inherited test cannot name a reason to be skipped; its class can.</summary>
public sealed class ContractFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        SkippedOf(DiagnosticMessageSink, discoveryOptions, testMethod)
        ?? base.Discover(discoveryOptions, testMethod, factAttribute);

    /// <summary>The test as one that is skipped, or null where it can run.</summary>
    internal static IEnumerable<IXunitTestCase>? SkippedOf(
        IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method) =>
        method.TestClass.TestCollection.DisplayName == PostgresServer.Collection
        && PostgresServer.ReasonToSkip is { } reason
            ?
            [
                new XunitSkippedDataRowTestCase(
                    sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, reason),
            ]
            : null;
}
