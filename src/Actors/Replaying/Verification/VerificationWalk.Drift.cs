using DklActors.Actors.Drifting;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>What was told of the drift, from the images; and that targets were corrected by it.</summary>
internal sealed partial class VerificationWalk
{
    private void Drift(StoredEvent stored, DriftCorrected look)
    {
        if (_settings.Drift is not { } settings)
        {
            Findings.Compare(stored, CheckedThing.Drift, new Difference(
                "look", "a look at the drift", "the recipe asks for none"));
            return;
        }

        DriftEstimate again;
        try
        {
            again = DriftEstimate.Of(
                _image!,
                ImageCodec.Read(source.Journal.ReadContent(ContentHash.Parse(look.ImageHash))),
                settings,
                _before.Drift);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
        {
            Findings.Compare(
                stored, CheckedThing.Drift, new Difference("image", "a structural image", exception.Message));
            return;
        }

        PixelShift? rate = look.Rejected is null ? DriftEstimate.RateOf(look.Shift, look.Since, _before.Drift) : null;
        Difference[] differences =
        [
            .. Difference.Of("shift", look.Shift, again.Shift),
            .. Difference.Of("quality", look.Quality, again.Quality),
            .. Difference.Of("correlation", look.Correlation, again.Correlation),
            .. Difference.Of("rejected", look.Rejected, again.Rejected),
            .. Difference.Of("ratePerMinute", look.RatePerMinute, rate),
        ];
        // The transforms sum in another order on another instruction set; the grid of shifts has steps of 1/100 px.
        bool isNear = !_isExact && look.Rejected is null == again.Rejected is null && look.RatePerMinute == rate
            && (look.Shift - again.Shift).Length <= Tolerance.OfShifts
            && Math.Abs(look.Quality - again.Quality) <= Tolerance.OfCorrelations
            && Math.Abs(look.Correlation - again.Correlation) <= Tolerance.OfCorrelations;
        if (isNear && differences.Length > 0)
        {
            Findings.Near(CheckedThing.Drift, (look.Shift - again.Shift).Length);
            return;
        }

        Findings.Compare(stored, CheckedThing.Drift, differences);
    }

    /// <summary>
    /// A target is corrected by the last good shift and, where that is asked for, by what the last rate adds until the
    /// next look: for that, the journal has no clock, but a bound.
    /// </summary>
    private Difference[] CorrectionOf(ExposureIntended intended)
    {
        PixelShift correction = intended.Requested - _before.Points[intended.Point].Target.Centre;
        PixelShift known = _before.Drift.Shift;
        double ahead = _settings.Drift?.Extrapolates == true ? DriftEstimate.MostAhead(_before.Drift).Length : 0;
        return (correction - known).Length <= ahead + 1e-9
            ? []
            : [new Difference("requested", $"corrected by {correction}", $"corrected by {known}")];
    }
}
