using Xunit.Sdk;

namespace DklActors.Journal.Tests.Contract;

/// <summary>Like <see cref="ContractFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(
    $"DklActors.Journal.Tests.Contract.{nameof(ContractTheoryDiscoverer)}", "DklActors.Journal.Tests")]
internal sealed class ContractTheoryAttribute : TheoryAttribute;
