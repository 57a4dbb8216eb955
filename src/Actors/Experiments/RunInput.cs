namespace DklActors.Actors.Experiments;

/// <summary>What can move a run from one state to another; each is a journal event.</summary>
public enum RunInput
{
    Start,
    RecordSurvey,
    Pause,
    Resume,
    Complete,
    Stop,
    Abort,
    Interlock,
    Fail,
    ContinueBeforeSurvey,
    ContinueAfterSurvey,
}
