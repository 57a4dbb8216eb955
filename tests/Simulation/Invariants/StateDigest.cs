using System.Text;
using DklActors.Actors.Experiments;

namespace DklActors.Simulation.Invariants;

/// <summary>A state as text, all of it: two are the same if and only if their states are.</summary>
internal static class StateDigest
{
    public static string Of(ExperimentState state)
    {
        var text = new StringBuilder();
        text.Append($"{state.Run} measured {state.Measured} failures {state.FailuresInARow} pause {state.Pause}")
            .Append($" end {state.EndReason} model {state.Model?.Version} on {state.Model?.Observations}")
            .Append($" of {state.Models} {state.Scalarizer?.Identity} at {state.PointsAtChange}")
            .Append($" outdated {string.Join(',', state.Outdated)} {state.Acquisition?.Identity}")
            .Append($" in {state.Region?.Region} without {string.Join(',', state.Exclusions.Select(e => e.Area))}")
            .Append($" {state.Model?.StateHash} survey {state.Survey?.ImageHash}")
            .Append($" drift {state.Drift}")
            .Append($" dose {state.Dose.SettledElectrons:R} {state.Dose.ReservedElectrons:R}")
            .Append($" open {state.Dose.OpenReservations} usable {string.Join(',', state.Usable)}\n");
        foreach (PointState point in state.Points.Values)
        {
            text.Append($"{point.Id} {point.Stage} {point.Target} after {point.Attempts}")
                .Append($" {point.Frame?.FrameHash} {point.Scalar?.Value:R} {point.Scalar?.Quality}")
                .Append($" {state.Dose.ElectronsAt(point.Target):R}\n");
        }

        return text.ToString();
    }
}
