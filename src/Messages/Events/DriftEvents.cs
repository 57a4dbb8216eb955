using System.Text.Json.Serialization;
using DklActors.Messages.Geometry;

namespace DklActors.Messages.Events;

/// <summary>
/// The structural image was scanned again, and how far the sample has moved against the first one was estimated. The
/// scan was announced by <see cref="SurveyIntended"/> and is settled by this event. From it on, targets are corrected
/// by the shift; one that was rejected changes nothing, and the last good one stays in force.
/// </summary>
/// <param name="ImageHash">Content hash of the image.</param>
/// <param name="Shift">How far the sample has moved in the image since the first one, px.</param>
/// <param name="Quality">
/// Normalised correlation of the two images, the shift undone, over the frequencies that stand out of the noise.
/// </param>
/// <param name="Correlation">The same over all frequencies, noise included.</param>
/// <param name="Since">
/// From the middle of the last good scan to the middle of this one; null where the process has no earlier one.
/// </param>
/// <param name="RatePerMinute">What moved between the two over that time, px a minute; null without one.</param>
/// <param name="ChargedElectrons">Electrons charged for the scan, to all pixels alike.</param>
/// <param name="Rejected">Why the estimate is not trusted; null for one that is.</param>
[JournalEvent("drift-corrected", 1)]
public sealed record DriftCorrected(
    string ImageHash,
    PixelShift Shift,
    double Quality,
    double Correlation,
    TimeSpan? Since,
    PixelShift? RatePerMinute,
    double ChargedElectrons,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? Rejected = null) : JournalEvent;
