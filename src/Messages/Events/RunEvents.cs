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
/// <param name="ImageHash">Content hash of the image.</param>
/// <param name="Channel">Detector that it was taken with.</param>
/// <param name="Shape">Its rows and columns.</param>
/// <param name="PixelSize">Edge of one pixel on the sample.</param>
/// <param name="Candidates">Number of places in it that can be measured.</param>
/// <param name="ChargedElectrons">Electrons charged for the scan.</param>
/// <param name="Places">Where there is something to measure; null in journals that did not yet say so.</param>
[JournalEvent("survey-recorded", 2)]
public sealed record SurveyRecorded(
    string ImageHash,
    string Channel,
    GridShape Shape,
    Nanometre PixelSize,
    int Candidates,
    double ChargedElectrons,
    MeasurablePlaces? Places) : JournalEvent;

/// <summary>
/// What the instrument says of where it can measure. With it a run is complete: it can be derived again where the
/// instrument, or the data set that plays it, is gone.
/// </summary>
/// <param name="SitesHash">Content hash of the pixels that can be measured; null for every pixel.</param>
/// <param name="SiteExtent">Pixels of the image that one measurement stands for, about its site.</param>
/// <param name="SeedsHash">Content hash of the points to begin with, where they are given; null for a design.</param>
public sealed record MeasurablePlaces(string? SitesHash, GridShape SiteExtent, string? SeedsHash);

/// <summary>Exposures are held back, with the beam blanked; by a person or by the software itself.</summary>
[JournalEvent("run-paused", 2)]
public sealed record RunPaused(string By, string Reason, PauseKind Kind = PauseKind.Soft) : JournalEvent;

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
