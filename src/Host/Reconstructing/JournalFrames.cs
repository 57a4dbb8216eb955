using DklActors.Host.Commands;
using DklActors.Host.Running;
using DklActors.Journal.Codecs;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Messages.Events;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Reconstructing;

/// <summary>The frames of a run, from its journal; the run may be going on.</summary>
internal static class JournalFrames
{
    /// <param name="folder">Folder of the run.</param>
    /// <param name="patch">Patch of the run's recipe.</param>
    /// <exception cref="UsageException">No run, or no frames in it.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static MeasuredFrames Read(string folder, PatchWindow patch)
    {
        IJournalReader journal = RunJournal.OpenForReading(folder);
        JournalEvent[] events = RunJournal.RunIdIn(folder) is { } runId
            ? [.. journal.Read(runId).Select(stored => stored.Event)]
            : [];
        SurveyRecorded? survey = events.OfType<SurveyRecorded>().LastOrDefault();
        FrameRecorded[] recorded = [.. events.OfType<FrameRecorded>()];
        if (survey is null || recorded.Length == 0)
        {
            throw new UsageException($"The run in {folder} has no frame yet; measure some points first.");
        }

        StructuralImage image = ImageCodec.Read(journal.ReadContent(ContentHash.Parse(survey.ImageHash)));
        var candidates = CandidateSet.Create(image, patch);
        var frames = recorded
            .Where(frame => candidates.TryIndexOf(frame.Patch, out _))
            .Select(frame => (Candidate: IndexOf(frame), Frame: Content(frame)))
            .ToArray();
        return new MeasuredFrames(
            candidates, [.. frames.Select(entry => entry.Candidate)], [.. frames.Select(entry => entry.Frame)],
            "as the run chose them");

        int IndexOf(FrameRecorded frame) => candidates.TryIndexOf(frame.Patch, out int candidate) ? candidate : -1;

        Frame Content(FrameRecorded frame) =>
            FrameCodec.Read(journal.ReadContent(ContentHash.Parse(frame.FrameHash)));
    }
}
