using System.Collections.Immutable;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Controlling;

/// <summary>What a person asks of a run that is under way.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why; journaled as given.</param>
public abstract record RunControl(string By, string Reason);

/// <summary>Hold exposures back once the point under way is done.</summary>
public sealed record SoftPause(string By, string Reason) : RunControl(By, Reason);

/// <summary>Blank now and hold exposures back; the point under way is given up and measured again.</summary>
public sealed record HardPause(string By, string Reason) : RunControl(By, Reason);

/// <summary>Let go of what any person held back. Conditions outside and a model too old hold on.</summary>
public sealed record ResumeAll(string By, string Reason) : RunControl(By, Reason);

/// <summary>End once the point under way is done.</summary>
public sealed record StopAtPoint(string By, string Reason) : RunControl(By, Reason);

/// <summary>Blank and end now; what was under way is accounted for.</summary>
public sealed record AbortNow(string By, string Reason) : RunControl(By, Reason);

/// <summary>Blank and end now, and nothing else.</summary>
public sealed record HaltNow(string By, string Reason) : RunControl(By, Reason);

/// <summary>Search for something else; every frame is scalarized anew.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Keys">Recipe keys below <c>scalarizer</c>, without that word: <c>kind</c>, …</param>
public sealed record ChangeScalarizer(string By, string Reason, ImmutableSortedDictionary<string, string> Keys)
    : RunControl(By, Reason);

/// <summary>Call something else worth measuring.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Keys">Recipe keys below <c>planner</c>, without that word: <c>acquisition</c>, …</param>
public sealed record ChangeAcquisition(string By, string Reason, ImmutableSortedDictionary<string, string> Keys)
    : RunControl(By, Reason);

/// <summary>Plan points there and nowhere else; null for everywhere.</summary>
public sealed record ChangeRegion(string By, string Reason, PixelArea? Region) : RunControl(By, Reason);

/// <summary>Plan no point there any more.</summary>
public sealed record ExcludeArea(string By, string Reason, PixelArea Area) : RunControl(By, Reason);

/// <summary>Measure there next.</summary>
public sealed record ForcePoint(string By, string Reason, GridPoint At) : RunControl(By, Reason);

/// <summary>Put the words, which are the reason, into the journal.</summary>
/// <param name="By">Who.</param>
/// <param name="Text">The words.</param>
/// <param name="At">The place that they are about, or null.</param>
public sealed record AddNote(string By, string Text, GridPoint? At) : RunControl(By, Text);

/// <summary>Note in the journal that the one who asks has the seat of who may command.</summary>
/// <param name="By">Who has it now.</param>
/// <param name="Reason">Why; not journaled.</param>
/// <param name="From">Who had it before, or null.</param>
public sealed record NoteController(string By, string Reason, string? From) : RunControl(By, Reason);
