using Xunit.Sdk;

namespace DklActors.Journal.Tests.Contract;

/// <summary>A test of the contract; skipped, saying so, where the back end of its class is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(
    $"DklActors.Journal.Tests.Contract.{nameof(ContractFactDiscoverer)}", "DklActors.Journal.Tests")]
internal sealed class ContractFactAttribute : FactAttribute;
