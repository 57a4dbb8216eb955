namespace DklActors.Actors.Experiments;

/// <summary>What can move a run from one state to another; each is a journal event.</summary>
public enum RunInput
{
    Start,
    RecordSurvey,
    Pause,
    Resume,
    Choose,
    Complete,
    Stop,
    Abort,
    Halt,
    Interlock,
    Fail,
    ContinueBeforeSurvey,
    ContinueAfterSurvey,
}
