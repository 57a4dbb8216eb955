using DklActors.ActorKernel.TestKit.Kits;
using DklActors.ActorKernel.TestKit.Time;

namespace DklActors.ActorKernel.TestKit.Tests.Kit;

/// <summary>A kit of each mode, for tests of the kit from outside.</summary>
internal sealed partial class SomeKit(Mode mode) : TestKitBase
{
    /// <summary>Long enough for what must come, however busy the machine is.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    /// <summary>Short enough to wait for what does not come.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    public ManualTimeProvider Clock { get; } = new();

    /// <summary>From when on nothing is to come any more that is expected, so that all limits may be short.</summary>
    public bool Hurried { get; set; }

    public override TestKitSettings TestKitSettings => Hurried
        ? new TestKitSettings { DefaultTimeout = Short, ExpectNoMsgDefault = Short, Patience = Short }
        : new TestKitSettings { DefaultTimeout = Long, ExpectNoMsgDefault = Short, Patience = Long };

    protected override TimeProvider TimeProvider => mode == Mode.RealTime ? TimeProvider.System : Clock;

    protected override void Dispose(bool disposing)
    {
        Hurried = false;
        base.Dispose(disposing);
    }
}
