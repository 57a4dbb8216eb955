using DklActors.Actors.Controlling;

namespace DklActors.Actors.Running;

/// <summary>
/// What people have asked of a run and not taken back: an experiment that is made anew after a fault, or that was not
/// there yet, must not go on as if nobody had said anything.
/// </summary>
internal sealed class StandingCommands
{
    // A soft and a hard pause a person, and one end: bounded by the number of people, not by how often they press.
    private readonly Dictionary<(string By, Type Kind), Standing> _pauses = [];
    private Standing? _end;

    /// <summary>The last ticket of a hard pause that there was, taken back or not.</summary>
    public long Suspension { get; private set; }

    /// <summary>Takes note of what is asked.</summary>
    /// <param name="request">What.</param>
    /// <param name="asker">Who is to be told of it by the experiment that is to come, if there is none yet.</param>
    /// <returns>Whether it stands until somebody takes it back.</returns>
    public bool Note(ControlRequest request, IActorRef asker)
    {
        var standing = new Standing(request, asker);
        RunControl control = request.Control;
        Suspension = Math.Max(Suspension, request.Suspension);
        switch (control)
        {
            case SoftPause or HardPause:
                _pauses[(control.By, control.GetType())] = standing;
                return true;
            case ResumeOne:
                _pauses.Remove((control.By, typeof(SoftPause)));
                _pauses.Remove((control.By, typeof(HardPause)));
                break;
            case ResumeAll:
                _pauses.Clear();
                break;
            case AbortNow or HaltNow:
                _end = standing;
                return true;
            case StopAtPoint:
                _end ??= standing;
                return true;
        }

        return false;
    }

    /// <summary>Tells an experiment all that stands, and lets it begin.</summary>
    public void TellTo(IActorRef experiment)
    {
        experiment.Tell(new SuspensionsHeard(Suspension), ActorRefs.Nobody);
        foreach (Standing standing in _pauses.Values.Concat(_end is null ? [] : [_end]))
        {
            experiment.Tell(standing.Request, standing.Asker);
            standing.Asker = ActorRefs.Nobody;
        }

        experiment.Tell(StandingTold.Instance, ActorRefs.Nobody);
    }

    private sealed class Standing(ControlRequest request, IActorRef asker)
    {
        public ControlRequest Request { get; } = request;

        public IActorRef Asker { get; set; } = asker;
    }
}
