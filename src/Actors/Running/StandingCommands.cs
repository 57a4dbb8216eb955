namespace DklActors.Actors.Running;

/// <summary>
/// What people have asked of a run and not taken back: an experiment that is made anew after a fault, or that was not
/// there yet, must not go on as if nobody had said anything.
/// </summary>
internal sealed class StandingCommands
{
    // One pause a person, and one end: bounded by the number of people, not by how often they press.
    private readonly Dictionary<string, PauseRun> _pauses = [];
    private object? _end;

    public IEnumerable<object> All => _end is null ? _pauses.Values : [.. _pauses.Values, _end];

    public void Note(object command)
    {
        switch (command)
        {
            case PauseRun pause:
                _pauses[pause.By] = pause;
                break;
            case ResumeRun resume:
                _pauses.Remove(resume.By);
                break;
            case AbortRun:
                _end = command;
                break;
            default:
                _end ??= command;
                break;
        }
    }
}
