using DklActors.Actors.Interlock;
using DklActors.Instruments.Ports;
using DklActors.Messages;
using DklActors.Messages.Exposure;

namespace DklActors.Actors.Tests.Interlock;

public sealed class BeamGuardTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void The_beam_is_blanked_at_the_start_and_at_the_end()
    {
        var beam = new Beam();
        beam.Unblank();
        var guard = new BeamGuard(beam, TimeProvider.System);
        beam.IsBlanked.Should().BeTrue();
        guard.Open(Lease(1, TimeSpan.FromMinutes(1)));
        beam.IsBlanked.Should().BeFalse();
        guard.Dispose();
        beam.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public void Closing_blanks_and_says_for_how_long_the_beam_was_on()
    {
        var clock = new ManualTimeProvider();
        var beam = new Beam();
        using var guard = new BeamGuard(beam, clock);
        ExposureLease lease = Lease(1, TimeSpan.FromMinutes(1));
        guard.Open(lease);
        clock.Advance(TimeSpan.FromMilliseconds(120));
        guard.Close(lease).Should().Be(new BeamUse(TimeSpan.FromMilliseconds(120), BeamEnd.Holder));
        beam.IsBlanked.Should().BeTrue();
    }

    [Fact]
    public void A_lease_that_is_not_closed_is_ended_by_the_clock_of_the_guard()
    {
        var clock = new ManualTimeProvider();
        var beam = new Beam();
        using var guard = new BeamGuard(beam, clock);
        ExposureLease lease = Lease(1, TimeSpan.FromMilliseconds(150));
        guard.Open(lease);
        clock.Advance(TimeSpan.FromMilliseconds(149));
        beam.IsBlanked.Should().BeFalse();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        beam.WaitUntilBlanked(Patience).Should().BeTrue("nobody else will");
        guard.Close(lease).EndedBy.Should().Be(BeamEnd.LeaseClock);
        guard.Current.Should().BeNull();
    }

    [Fact]
    public void A_suspension_blanks_at_once_and_holds_until_it_is_allowed_for_by_its_ticket()
    {
        var beam = new Beam();
        using var guard = new BeamGuard(beam, TimeProvider.System);
        ExposureLease lease = Lease(1, TimeSpan.FromMinutes(1));
        guard.Open(lease);
        long first = guard.Suspend();

        beam.IsBlanked.Should().BeTrue();
        guard.Close(lease).EndedBy.Should().Be(BeamEnd.Person);
        FluentActions.Invoking(() => guard.Open(Lease(2, TimeSpan.FromMinutes(1)))).Should().Throw<BeamHeldException>();

        long second = guard.Suspend();
        guard.Allow(first);
        FluentActions.Invoking(() => guard.Open(Lease(3, TimeSpan.FromMinutes(1)))).Should().Throw<BeamHeldException>(
            "the second has not been allowed for");
        guard.Allow(second);
        guard.Open(Lease(4, TimeSpan.FromMinutes(1)));
        guard.Status.IsBlanked.Should().BeFalse();
        guard.Status.Lease!.Point.Value.Should().Be(4);
    }

    [Fact]
    public void A_lease_is_for_one_holder_at_a_time()
    {
        using var guard = new BeamGuard(new Beam(), TimeProvider.System);
        guard.Open(Lease(1, TimeSpan.FromMinutes(1)));
        FluentActions.Invoking(() => guard.Open(Lease(2, TimeSpan.FromMinutes(1))))
            .Should().Throw<InvalidOperationException>().WithMessage("*p2/1*p1/1*");
    }

    [Fact]
    public void A_revoked_lease_is_over_and_its_holder_is_told()
    {
        var beam = new Beam();
        using var guard = new BeamGuard(beam, TimeProvider.System);
        ExposureLease lease = Lease(1, TimeSpan.FromMinutes(1));
        guard.Open(lease);
        guard.Revoke();
        beam.IsBlanked.Should().BeTrue();
        guard.Close(lease).EndedBy.Should().Be(BeamEnd.Revocation);
    }

    [Fact]
    public void A_blanker_that_needs_a_second_try_gets_it()
    {
        var beam = new Beam { FailuresToBlank = 3 };
        using var guard = new BeamGuard(beam, TimeProvider.System);
        beam.IsBlanked.Should().BeTrue();
        guard.Alarm.Should().BeNull();
    }

    [Fact]
    public void A_blanker_that_does_not_read_back_raises_the_alarm_and_no_lease_is_given_any_more()
    {
        var beam = new Beam();
        using var guard = new BeamGuard(beam, TimeProvider.System);
        ExposureLease lease = Lease(1, TimeSpan.FromMinutes(1));
        guard.Open(lease);
        beam.FailuresToBlank = int.MaxValue;
        guard.Close(lease);
        guard.Alarm.Should().Contain("COULD NOT BE BLANKED").And.Contain("by hand");
        FluentActions.Invoking(() => guard.Open(Lease(2, TimeSpan.FromMinutes(1))))
            .Should().Throw<InstrumentException>().Which.FaultClass.Should().Be(FaultClass.Permanent);
    }

    [Fact]
    public void An_unblanking_that_fails_leaves_the_beam_blanked_and_no_lease_open()
    {
        var beam = new Beam { RefusesToUnblank = true };
        using var guard = new BeamGuard(beam, TimeProvider.System);
        FluentActions.Invoking(() => guard.Open(Lease(1, TimeSpan.FromMinutes(1))))
            .Should().Throw<InstrumentException>();
        beam.IsBlanked.Should().BeTrue();
        guard.Current.Should().BeNull();
    }

    [Fact]
    public async Task An_unblanking_that_hangs_does_not_keep_the_lease_clock_from_blanking()
    {
        var clock = new ManualTimeProvider();
        var beam = new Beam();
        using var hanging = new ManualResetEventSlim(initialState: false);
        beam.DuringUnblank = () => hanging.Wait(Patience);
        using var guard = new BeamGuard(beam, clock);
        Task open = Task.Run(() => guard.Open(Lease(1, TimeSpan.FromMilliseconds(150))));
        beam.WaitUntilUnblanking(Patience).Should().BeTrue();
        clock.Advance(TimeSpan.FromMilliseconds(150));

        beam.WaitUntilBlanked(Patience).Should().BeTrue("the driver that hangs has let the beam through");
        hanging.Set();
        (await FluentActions.Awaiting(() => open).Should().ThrowAsync<InstrumentException>())
            .Which.FaultClass.Should().Be(FaultClass.Transient);
        beam.IsBlanked.Should().BeTrue();
        guard.Current.Should().BeNull();
    }

    [Fact]
    public void A_blanker_that_fails_with_any_exception_raises_the_alarm_and_throws_nothing()
    {
        var beam = new Beam();
        using var guard = new BeamGuard(beam, TimeProvider.System);
        ExposureLease lease = Lease(1, TimeSpan.FromMinutes(1));
        guard.Open(lease);
        beam.ThrowsOnBlank = new IOException("USB cable pulled");
        FluentActions.Invoking(() => guard.Close(lease)).Should().NotThrow("the lease clock's thread has no other net");
        guard.Alarm.Should().Contain("USB cable pulled");
    }

    [Fact]
    public async Task After_an_alarm_nobody_waits_for_a_blanker_that_hangs_and_the_beam_counts_as_on()
    {
        var clock = new ManualTimeProvider();
        var beam = new Beam();
        using var hanging = new ManualResetEventSlim(initialState: false);
        using var guard = new BeamGuard(beam, clock);
        ExposureLease lease = Lease(1, TimeSpan.FromMinutes(1));
        guard.Open(lease);
        beam.FailuresToBlank = int.MaxValue;
        guard.Close(lease);
        using var hangs = new ManualResetEventSlim(initialState: false);
        beam.DuringBlank = () =>
        {
            hangs.Set();
            hanging.Wait(Patience);
        };
        hangs.Wait(Patience).Should().BeTrue("the clock of the guard tries again");

        clock.Advance(TimeSpan.FromSeconds(40));
        Task<TimeSpan> asked = Task.Run(() =>
        {
            guard.Retire();
            guard.Alarm.Should().NotBeNull();
            return guard.OnAtMost(lease);
        });
        TimeSpan on = await asked.WaitAsync(Patience, TimeProvider.System);
        beam.DuringBlank = () => { };
        hanging.Set();
        hangs.IsSet.Should().BeTrue();
        on.Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(40));
        guard.OnAtMost(Lease(2, TimeSpan.FromMinutes(1))).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void A_blanker_that_failed_is_tried_again_for_as_long_as_the_guard_lives()
    {
        var beam = new Beam();
        using var guard = new BeamGuard(beam, TimeProvider.System);
        ExposureLease lease = Lease(1, TimeSpan.FromMinutes(1));
        guard.Open(lease);
        beam.FailuresToBlank = 12;
        guard.Close(lease);
        guard.Alarm.Should().NotBeNull();
        beam.WaitUntilBlanked(Patience).Should().BeTrue();
        guard.Alarm.Should().NotBeNull("a blanker that failed once is looked at by a person first");
    }

    [Fact]
    public void A_lease_that_was_never_open_has_used_nothing()
    {
        var clock = new ManualTimeProvider();
        var beam = new Beam();
        using var guard = new BeamGuard(beam, clock);
        ExposureLease first = Lease(1, TimeSpan.FromMinutes(1));
        guard.Open(first);
        clock.Advance(TimeSpan.FromMilliseconds(120));
        guard.Close(first);
        guard.Close(Lease(2, TimeSpan.FromMinutes(1))).On.Should().Be(TimeSpan.Zero, "the first has paid for itself");
    }

    [Fact]
    public void A_retired_guard_gives_no_lease_any_more()
    {
        var beam = new Beam();
        using var guard = new BeamGuard(beam, TimeProvider.System);
        guard.Open(Lease(1, TimeSpan.FromMinutes(1)));
        guard.Retire();
        beam.IsBlanked.Should().BeTrue();
        FluentActions.Invoking(() => guard.Open(Lease(2, TimeSpan.FromMinutes(1))))
            .Should().Throw<InstrumentException>().Which.FaultClass.Should().Be(FaultClass.Permanent);
        beam.IsBlanked.Should().BeTrue();
    }

    private static ExposureLease Lease(int point, TimeSpan longest) =>
        new(new PointId(point), 1, TimeSpan.FromMilliseconds(100), longest);

#pragma warning disable CA1001 // The event holds no handle until somebody asks for one.
    private sealed class Beam : IBeam
#pragma warning restore CA1001
    {
        private readonly ManualResetEventSlim _blanked = new(initialState: false);
        private readonly ManualResetEventSlim _unblanking = new(initialState: false);

        public int FailuresToBlank { get; set; }

        public bool RefusesToUnblank { get; set; }

        public Exception? ThrowsOnBlank { get; set; }

        public Action DuringUnblank { get; set; } = () => { };

        public Action DuringBlank { get; set; } = () => { };

        public bool IsBlanked => _blanked.IsSet;

        public void Unblank()
        {
            _blanked.Reset();
            _unblanking.Set();
            DuringUnblank();
            if (RefusesToUnblank)
            {
                throw new InstrumentException(FaultClass.Transient, "refused half way");
            }
        }

        public void Blank()
        {
            DuringBlank();
            if (ThrowsOnBlank is { } exception)
            {
                throw exception;
            }

            if (FailuresToBlank > 0)
            {
                FailuresToBlank--;
                return;
            }

            _blanked.Set();
        }

        public bool WaitUntilUnblanking(TimeSpan longest) => _unblanking.Wait(longest);

        public bool WaitUntilBlanked(TimeSpan longest) => _blanked.Wait(longest);
    }
}
