namespace DklActors.Simulation.Faults;

/// <summary>What can go wrong, by the port at which it does.</summary>
internal enum FaultKind
{
    // Probe
    MoveRefused,
    MoveHangs,
    MoveIsSlow,
    MoveThrowsAnything,
    ProbeLandsNearby,
    ProbeLandsElsewhere,
    ReadBackIsNoNumber,
    ReadBackFails,

    // Beam
    UnblankRefused,
    UnblankThrowsWithBeamOn,
    UnblankHangs,
    BlankFailsOnce,
    BlankerSticks,
    BeamCurrentFails,

    // Detector
    ArmRefused,
    ArmHangs,
    ExposureFails,
    ExposureFailsForGood,
    ExposureHangs,
    ExposureIsLate,
    ReadOutFails,
    ReadOutIsLate,
    ReadOutGivesNothing,
    FrameIsNoNumber,
    FrameIsEmpty,
    FrameComesTwice,

    // Survey
    SurveyFails,
    SurveyHangs,
    SurveyLeavesBeamOn,
    SurveyIsNoNumber,

    // Journal
    JournalIsSlow,
    JournalFailsBefore,
    JournalFailsAfter,
    JournalStalls,
    DiskIsFull,
    JournalReadFails,

    // Scalarizer
    ScalarizerThrows,
    ScalarizerGivesNoNumber,
    ScalarizerIsSlow,
    ScalarizerHangs,

    // Trainer
    TrainingIsSlow,
    TrainingOverruns,
    TrainerIsLost,
    TrainingDiverges,
    TrainerThrowsAnything,
    TrainerReturnsOldModel,
    TrainerReturnsTwice,
    RestoreFails,

    // Around
    ConditionHolds,
    ConditionCheckThrows,
    ObserverThrows,
    WallClockJumps,
    MachineIsSlow,
    ProcessDies,
    PersonPauses,
    PersonStops,
    PersonAborts,
    PersonPausesHard,
    PersonHalts,
    PersonChangesScalarizer,
    PersonChangesAcquisition,
    PersonChangesRegion,
    PersonExcludesArea,
    PersonForcesPoint,
    PersonNotes,
}
