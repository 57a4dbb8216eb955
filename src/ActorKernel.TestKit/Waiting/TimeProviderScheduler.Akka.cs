using Akka.Configuration;
using Akka.Dispatch;

namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>Akka.NET's scheduler on a time provider, so that one fake clock serves either runtime.</summary>
public sealed class TimeProviderScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    private readonly TimeProvider _time = Handover.Of(config).Time;

    public override TimeSpan MonotonicClock => _time.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => _time.GetUtcNow();

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Schedule(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan due, TimeSpan period, Action action, ICancelable? cancelable)
    {
        if (cancelable?.IsCancellationRequested == true)
        {
            return;
        }

        var timer = _time.CreateTimer(
            _ =>
            {
                if (cancelable?.IsCancellationRequested != true)
                {
                    action();
                }
            },
            null,
            due,
            period);
        cancelable?.Token.UnsafeRegister(static state => ((ITimer)state!).Dispose(), timer);
    }
}
