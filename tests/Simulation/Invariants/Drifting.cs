using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Invariants;

/// <summary>
/// Every look at the drift follows again from its image, every target was corrected by what was known then, and every
/// frame was given the patch that it is of.
/// </summary>
internal static class Drifting
{
    private const double Rounding = 1e-9;

    public static void RequireToFollowAgain(World world)
    {
        if (world.Disk.State.Survey is null)
        {
            return;
        }

        CandidateSet candidates = CandidateSet.Among(world.Specimen.Image, world.Settings.Patch, world.Settings.Sites);
        ExperimentState state = ExperimentState.Empty;
        foreach (StoredEvent stored in world.Disk.Read(Settings.RunId, 0))
        {
            switch (stored.Event)
            {
                case DriftCorrected look:
                    Require(world, state, look);
                    break;
                case ExposureIntended intended:
                    PixelShift correction = intended.Requested - state.Points[intended.Point].Target.Centre;
                    double ahead = world.Settings.Drift?.Extrapolates == true
                        ? DriftEstimate.MostAhead(state.Drift).Length
                        : 0;
                    FinalChecks.Require(
                        (correction - state.Drift.Shift).Length <= ahead + Rounding,
                        $"{intended.Point} was corrected by {correction} where {state.Drift} was known.");
                    break;
                case FrameRecorded frame:
                    GridPoint patch = candidates.NearestTo(
                        state.OnSample(frame.Point, frame.Requested, frame.ReadBack));
                    FinalChecks.Require(patch == frame.Patch, $"{frame.Point} is of {patch}, not of {frame.Patch}.");
                    break;
            }

            state = state.Apply(stored.Event);
        }
    }

    private static void Require(World world, ExperimentState before, DriftCorrected look)
    {
        var again = DriftEstimate.Of(
            world.Specimen.Image,
            ImageCodec.Read(world.Disk.Content(ContentHash.Parse(look.ImageHash))),
            world.Settings.Drift!,
            before.Drift);
        FinalChecks.Require(
            again == new DriftEstimate(look.Shift, look.Quality, look.Correlation, look.Rejected),
            $"{look} follows again as {again}.");
    }
}
