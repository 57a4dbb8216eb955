using System.Collections.Immutable;
using DklActors.Messages.Geometry;

namespace DklActors.Messages.Events;

/// <summary>
/// A person chose another scalarizer while the run went on. All scalars so far are void, and the models that learned
/// from them; every frame is scalarized anew.
/// </summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Keys">Keys of the recipe's section <c>scalarizer</c> and their values, in place of the last.</param>
/// <param name="Identity">Identity of the scalarizer that they make.</param>
[JournalEvent("scalarizer-changed", 1)]
public sealed record ScalarizerChanged(
    string By, string Reason, ImmutableSortedDictionary<string, string> Keys, string Identity) : JournalEvent;

/// <summary>A person chose what is worth measuring from now on; the decisions after it follow that.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Keys">Keys of the recipe's section <c>planner</c> and their values, in place of those before.</param>
/// <param name="Identity">Identity of the acquisition function that they make.</param>
[JournalEvent("acquisition-changed", 1)]
public sealed record AcquisitionChanged(
    string By, string Reason, ImmutableSortedDictionary<string, string> Keys, string Identity) : JournalEvent;

/// <summary>A person chose where points may be planned from now on.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Region">The region in place of the one before; null for everywhere.</param>
[JournalEvent("region-changed", 1)]
public sealed record RegionChanged(string By, string Reason, PixelArea? Region) : JournalEvent;

/// <summary>No point is planned in the area any more.</summary>
[JournalEvent("region-excluded", 1)]
public sealed record RegionExcluded(string By, string Reason, PixelArea Area) : JournalEvent;

/// <summary>A person's words, of the run or of one place of it.</summary>
[JournalEvent("note-added", 1)]
public sealed record NoteAdded(string By, string Text, GridPoint? At) : JournalEvent;

/// <summary>A person took the seat of the one who may command.</summary>
/// <param name="By">Who has it now.</param>
/// <param name="From">Who had it, or null.</param>
[JournalEvent("controller-changed", 1)]
public sealed record ControllerChanged(string By, string? From) : JournalEvent;

/// <summary>
/// A person ended the run at once, and nothing was put in order after: what was under way is of unknown outcome. It can
/// be resumed.
/// </summary>
[JournalEvent("experiment-halted", 1)]
public sealed record ExperimentHalted(string By, string Reason) : JournalEvent;
