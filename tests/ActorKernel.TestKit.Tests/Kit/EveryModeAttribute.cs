using System.Reflection;
using Xunit.Sdk;

namespace DklActors.ActorKernel.TestKit.Tests.Kit;

/// <summary>Runs a theory in each mode that the runtime has.</summary>
public sealed class EveryModeAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        SomeKit.Modes.Select(mode => new object[] { mode });
}
