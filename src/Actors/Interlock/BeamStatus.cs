using DklActors.Messages.Exposure;

namespace DklActors.Actors.Interlock;

/// <summary>The beam as it is now.</summary>
/// <param name="Lease">The lease under which it is on, or null.</param>
/// <param name="Left">Time until the guard blanks whatever else happens; null without a lease.</param>
/// <param name="Alarm">Why it could not be blanked, or null.</param>
/// <param name="IsBlanked">As read back; null where the instrument does not answer.</param>
public sealed record BeamStatus(ExposureLease? Lease, TimeSpan? Left, string? Alarm, bool? IsBlanked);
