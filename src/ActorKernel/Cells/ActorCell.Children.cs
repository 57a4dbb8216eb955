namespace DklActors.ActorKernel;

internal sealed partial class ActorCell
{
    private const string AutoNameDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    // The top-level guardian gets children from any thread, hence the lock: for who there is, and for the Termination
    // after which there is nobody to come.
    private readonly Lock _childrenGate = new();
    private Dictionary<string, ChildRestartStats>? _children;
    private int _dyingChildren;
    private long _autoNames;
    private AwaitedEnd _awaitedEnd;
    private Exception? _recreationCause;

    /// <summary>What happens once the children that are being stopped are gone.</summary>
    private enum AwaitedEnd
    {
        None,
        Creation,
        Recreation,
        Termination,
    }

    public ChildRestartStats[] ChildStats
    {
        get
        {
            lock (_childrenGate)
            {
                return _children is null ? [] : [.. _children.Values];
            }
        }
    }

    private bool IsTerminating => _awaitedEnd == AwaitedEnd.Termination;

    public IActorRef ActorOf(Props props, string? name = null)
    {
        // A stop from another thread must not come before the start.
        lock (_childrenGate)
        {
            var child = NewChild(props, name);
            child.Start();
            return child;
        }
    }

    /// <summary>A child that has yet to be started.</summary>
    public LocalActorRef NewChild(Props props, string? name)
    {
        lock (_childrenGate)
        {
            if (IsTerminating)
            {
                throw new InvalidOperationException(
                    $"{Self.Path} cannot create a child, because it is terminating or terminated.");
            }

            name = name is null ? NextAutoName_NeedsLock() : ValidName_NeedsLock(name);
            var child = new ActorCell(System, props, _self, Self.Path.Child(name, System.NextUid())).SelfRef;
            (_children ??= []).Add(name, new ChildRestartStats(child));
            if (_failed)
            {
                child.SendSystem(new Dispatch.Suspend());
            }

            return child;
        }
    }

    public IActorRef Child(string name)
    {
        lock (_childrenGate)
        {
            return _children?.GetValueOrDefault(name)?.Child ?? ActorRefs.Nobody;
        }
    }

    public IEnumerable<IActorRef> GetChildren() => ChildStats.Select(stats => stats.Child);

    public void Stop(IActorRef child)
    {
        lock (_childrenGate)
        {
            if (StatsOf_NeedsLock(child) is { IsDying: false } stats)
            {
                stats.IsDying = true;
                _dyingChildren++;
            }
        }

        InternalActorRef.Of(child).SendSystem(new Terminate());
    }

    private ChildRestartStats? StatsOf_NeedsLock(IActorRef child) =>
        _children?.GetValueOrDefault(child.Path.Name) is { } stats && stats.Child == child ? stats : null;

    private string NextAutoName_NeedsLock()
    {
        var name = "$" + AutoNameDigits[(int)(_autoNames & 63)];
        for (var rest = _autoNames++ >> 6; rest > 0; rest >>= 6)
        {
            name += AutoNameDigits[(int)(rest & 63)];
        }

        return name;
    }

    private string ValidName_NeedsLock(string name)
    {
        if (!ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"Illegal actor name \"{name}\" under {Self.Path}. A name is not empty, does not start with $ and "
                + "has only ASCII letters, digits and -_.*$+:@&=,!~'; in it.");
        }

        if (_children?.ContainsKey(name) == true)
        {
            throw new InvalidActorNameException(
                $"Actor name \"{name}\" is not unique under {Self.Path}. Choose another one, or wait for the "
                + "Terminated of the actor that has it.");
        }

        return name;
    }

    private void StopAllChildren() => Array.ForEach(ChildStats, stats => Stop(stats.Child));

    /// <summary>Waits for the children that are being stopped. False if there are none to wait for.</summary>
    private bool AwaitDyingChildren(AwaitedEnd end)
    {
        if (_dyingChildren == 0)
        {
            return false;
        }

        _awaitedEnd = end;
        return true;
    }

    private void CloseToChildren()
    {
        lock (_childrenGate)
        {
            _awaitedEnd = AwaitedEnd.Termination;
        }
    }

    private void RemoveChild(IActorRef child)
    {
        AwaitedEnd reached;
        lock (_childrenGate)
        {
            if (StatsOf_NeedsLock(child) is not { } stats)
            {
                return;
            }

            _children!.Remove(child.Path.Name);
            _dyingChildren -= stats.IsDying ? 1 : 0;
            reached = _dyingChildren == 0 ? _awaitedEnd : AwaitedEnd.None;
            _awaitedEnd = reached is AwaitedEnd.Creation or AwaitedEnd.Recreation ? AwaitedEnd.None : _awaitedEnd;
        }

        switch (reached)
        {
            case AwaitedEnd.Creation:
                FinishCreate();
                break;
            case AwaitedEnd.Recreation:
                FinishRecreate(_recreationCause!);
                break;
            case AwaitedEnd.Termination:
                FinishTerminate();
                break;
        }
    }
}
