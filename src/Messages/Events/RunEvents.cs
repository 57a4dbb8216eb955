using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Messages.Events;

/// <summary>First event of every run.</summary>
[JournalEvent("experiment-started", 2)]
public sealed record ExperimentStarted(
    string RunId,
    string Name,
    ulong Seed,
    string RecipeHash,
    string Microscope,
    string Scalarizer,
    string Engine,
    string Acquisition,
    Provenance Provenance) : JournalEvent;

/// <summary>Another process, or the same one after a fault, took the run up again.</summary>
[JournalEvent("experiment-continued", 2)]
public sealed record ExperimentContinued(int Epoch, Provenance Provenance) : JournalEvent;

/// <summary>
/// The structural image is about to be scanned, with the beam on. Durable before it is; the dose is reserved. An intent
/// that no later event answers is a scan of unknown outcome.
/// </summary>
[JournalEvent("survey-intended", 1)]
public sealed record SurveyIntended(GridShape Window, double ReservedElectrons) : JournalEvent;

/// <summary>No usable structural image came of the scan; what it may have cost is charged to all pixels.</summary>
[JournalEvent("survey-lost", 1)]
public sealed record SurveyLost(string Reason, double ChargedElectrons) : JournalEvent;

/// <summary>
/// The structural image is durable under its content hash; its electrons are charged to all pixels alike.
/// </summary>
[JournalEvent("survey-recorded", 1)]
public sealed record SurveyRecorded(
    string ImageHash, string Channel, GridShape Shape, Nanometre PixelSize, int Candidates, double ChargedElectrons)
    : JournalEvent;

/// <summary>Exposures are held back, with the beam blanked; by a person or by the software itself.</summary>
[JournalEvent("run-paused", 1)]
public sealed record RunPaused(string By, string Reason) : JournalEvent;

/// <summary>Exposures may go on.</summary>
[JournalEvent("run-resumed", 1)]
public sealed record RunResumed(string By, string Reason) : JournalEvent;

/// <summary>Everything that was asked for was measured. The last event of a run.</summary>
[JournalEvent("experiment-completed", 1)]
public sealed record ExperimentCompleted(int Measured, string Reason) : JournalEvent;

/// <summary>A person ended the run at a point boundary; it can be resumed.</summary>
[JournalEvent("experiment-stopped", 1)]
public sealed record ExperimentStopped(string By, string Reason) : JournalEvent;

/// <summary>A person ended the run at once; it can be resumed.</summary>
[JournalEvent("experiment-aborted", 1)]
public sealed record ExperimentAborted(string By, string Reason) : JournalEvent;

/// <summary>A limit or a safety condition ended the run; it can be resumed once that is mended.</summary>
[JournalEvent("experiment-interlocked", 1)]
public sealed record ExperimentInterlocked(string Reason) : JournalEvent;

/// <summary>The run could not go on; it can be resumed once the cause is mended.</summary>
[JournalEvent("experiment-failed", 1)]
public sealed record ExperimentFailed(string Reason) : JournalEvent;
