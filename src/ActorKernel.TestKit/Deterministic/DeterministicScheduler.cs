using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.TestKit.Time;

namespace DklActors.ActorKernel.TestKit.Deterministic;

/// <summary>
/// Runs whole actor systems on one thread in virtual time. Whenever several mailboxes have something to do, or several
/// timers are due, the seed chooses which comes next; when nothing has anything to do, time jumps to the next timer.
/// So a day passes in milliseconds, every order that threads could bring about can come up, and a seed that fails
/// fails again, step by step.
/// </summary>
/// <remarks>
/// A step is one message of one actor, one timer, or one piece of background work. Everything that the actors wait
/// for must come through here: <see cref="Time"/> for timers, <see cref="Background"/> for computations. Work that
/// comes from another thread while this one runs is an error, for it would come at another moment next time.
/// </remarks>
public sealed class DeterministicScheduler : MessageDispatcher
{
    private const int RememberedSteps = 40;

    // A machine that is slow, not one that stands still: the longest that work waits for nothing at one go.
    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(1);

    private readonly List<IThreadPoolWorkItem> _ready = [];
    private readonly SeededChoice _choice;
    private readonly Queue<string> _recent = new();
    private int _depth;
    private int _thread;
    private Exception? _broken;

    public DeterministicScheduler(ulong seed)
    {
        Seed = seed;
        _choice = new SeededChoice(seed);
        Background = new BackgroundScheduler(this);
    }

    public ulong Seed { get; }

    public ManualTimeProvider Time { get; } = new();

    /// <summary>Runs tasks as steps: give it to what would otherwise use the thread pool.</summary>
    public TaskScheduler Background { get; }

    /// <summary>Settings of an actor system that lives here.</summary>
    public ActorSystemSettings Settings => new()
    {
        TimeProvider = Time,
        DefaultDispatcher = () => this,
        Throughput = 1,
    };

    /// <summary>Steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>A number that two runs have in common only if they took the same steps at the same times.</summary>
    public ulong Fingerprint { get; private set; }

    /// <summary>
    /// The chance, at each step, that time moves on to the next timer although somebody has something to do: a machine
    /// that is slow. 0 by default.
    /// </summary>
    public double Slowness { get; set; }

    /// <summary>Called after every step. What it throws ends the run and is thrown by whatever runs it.</summary>
    public Action? AfterStep { get; set; }

    /// <summary>Is told of every step before it is taken.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Ends the run, as if a check had thrown this: whatever runs it throws it.</summary>
    public void Break(Exception cause) => _broken ??= cause;

    /// <summary>The last steps, oldest first, each with its time.</summary>
    public IReadOnlyCollection<string> RecentSteps => _recent;

    public override void Schedule(IThreadPoolWorkItem work)
    {
        if (_depth > 0 && Environment.CurrentManagedThreadId != _thread)
        {
            _broken ??= new InvalidOperationException(
                $"{work} was scheduled from another thread. Something left the simulation: a Task.Run, a timer that is "
                + "not of this clock, or a continuation on the thread pool.");
            return;
        }

        _ready.Add(work);
    }

    /// <summary>Takes steps, the sender's own excepted, until there is room or the deadline has come.</summary>
    public override bool AwaitRoom(ManualResetEventSlim room, CancellationToken deadline)
    {
        ArgumentNullException.ThrowIfNull(room);
        while (!room.IsSet && !deadline.IsCancellationRequested && Step())
        {
            // What makes room, or moves time.
        }

        return room.IsSet;
    }

    /// <summary>Takes one step.</summary>
    /// <returns>False if there is nothing to do and no timer to wait for.</returns>
    public bool Step() => Step(null);

    /// <summary>Takes steps until the condition holds.</summary>
    /// <param name="condition">Looked at before every step.</param>
    /// <param name="within">Virtual time.</param>
    /// <returns>False if the time passed, or nothing was left to do, before it held.</returns>
    public bool RunUntil(Func<bool> condition, TimeSpan within)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var end = Time.Elapsed + within;
        while (!condition())
        {
            if (!Step(end))
            {
                if (_broken is null)
                {
                    MoveTo(end);
                }

                return condition();
            }
        }

        return true;
    }

    /// <summary>Takes all steps of this virtual time. Inside a step: what else happens while that step takes time.
    /// </summary>
    /// <exception cref="OperationCanceledException">Inside a step: the run has come to its end meanwhile.</exception>
    public void RunFor(TimeSpan duration)
    {
        var end = Time.Elapsed + duration;
        while (Step(end))
        {
            // All that happens until then.
        }

        if (_broken is not null)
        {
            throw new OperationCanceledException("The simulation has come to its end.");
        }

        MoveTo(end);
    }

    /// <summary>The result of a task, which steps bring about.</summary>
    /// <exception cref="TimeoutException">It did not end within the virtual time.</exception>
    public T Run<T>(Task<T> task, TimeSpan within)
    {
        ArgumentNullException.ThrowIfNull(task);
        return RunUntil(() => task.IsCompleted, within)
            ? task.GetAwaiter().GetResult()
            : throw new TimeoutException($"The task did not end within {within} of virtual time (seed {Seed}).");
    }

    private bool Step(TimeSpan? end)
    {
        var left = end - Time.Elapsed;
        if (_broken is null && Prepare(left))
        {
            Take(_choice.Below(_ready.Count + Time.DueTimers));
            return _broken is null || ThrowIfOutermost();
        }

        return ThrowIfOutermost();
    }

    /// <summary>Moves time if it must move for something to be done. False if nothing is to be done in time.</summary>
    private bool Prepare(TimeSpan? left)
    {
        if (left < TimeSpan.Zero)
        {
            return false;
        }

        var next = Time.UntilNextTimer;
        var mayMove = next > TimeSpan.Zero && (left is null || next <= left);
        var busy = _ready.Count > 0 || next == TimeSpan.Zero;
        if (mayMove && (!busy || (Slowness > 0 && next <= LongestStall && _choice.Chance(Slowness))))
        {
            Time.Move(next!.Value);
            return true;
        }

        return busy;
    }

    private void Take(int chosen)
    {
        var context = SynchronizationContext.Current;
        (var outer, _thread) = (_thread, Environment.CurrentManagedThreadId);
        _depth++;

        // Without a context, continuations run where their task ends: inside the step that ends it.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Steps++;
            if (chosen < _ready.Count)
            {
                var work = _ready[chosen];
                _ready.RemoveAt(chosen);
                Remember(work.ToString() ?? "work", chosen);
                work.Execute();
            }
            else
            {
                Remember("timer", chosen);
                Time.FireDue(chosen - _ready.Count);
            }

            AfterStep?.Invoke();
        }
        catch (Exception exception)
        {
            _broken ??= exception;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            _depth--;
            _thread = outer;
        }
    }

    private void Remember(string what, int chosen)
    {
        // FNV-1a over what was chosen, of how many, and when.
        foreach (var value in (ReadOnlySpan<long>)[chosen, _ready.Count, Time.GetTimestamp()])
        {
            Fingerprint = (Fingerprint ^ (ulong)value) * 0x100000001B3UL;
        }

        var step = $"{Steps} at {Time.Elapsed.TotalSeconds:F6} s: {what}";
        Trace?.Invoke(step);
        _recent.Enqueue(step);
        if (_recent.Count > RememberedSteps)
        {
            _recent.Dequeue();
        }
    }

    // A step inside a step is somebody's wait inside an actor, which would take the exception for its own.
    private bool ThrowIfOutermost()
    {
        if (_broken is null || _depth > 0)
        {
            return false;
        }

        throw new SimulationBrokenException(this, _broken);
    }

    private void MoveTo(TimeSpan end)
    {
        if (end > Time.Elapsed)
        {
            Time.Move(end - Time.Elapsed);
        }
    }
}
