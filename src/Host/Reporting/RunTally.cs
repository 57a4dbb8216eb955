using DklActors.Host.Running;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;

namespace DklActors.Host.Reporting;

/// <summary>What a summary tells of a run's events, counted as they are read.</summary>
internal sealed class RunTally
{
    private readonly UtilisationMeter _utilisation = new();
    private readonly HashSet<GridPoint> _measured = [];
    private readonly List<double> _trainingMilliseconds = [];

    public StructureEvidence? Evidence { get; private set; }

    public ContentHash? LastChecksum { get; private set; }

    /// <summary>Frames beyond the first of a place.</summary>
    public int Repeated { get; private set; }

    public int OutcomesUnknown { get; private set; }

    public int ExposuresFailed { get; private set; }

    public int ModelsTrained => _trainingMilliseconds.Count;

    public BeamUtilisation? Utilisation => _utilisation.Utilisation;

    public double? MedianTrainingMilliseconds =>
        ModelsTrained == 0 ? null : _trainingMilliseconds.Order().ElementAt(ModelsTrained / 2);

    public static RunTally Of(IEnumerable<StoredEvent> events)
    {
        var tally = new RunTally();
        try
        {
            foreach (StoredEvent stored in events)
            {
                tally.Note(stored);
            }
        }
        catch (JournalException)
        {
            // A journal that is lost is told of by its verification; what could be read is told here.
        }

        return tally;
    }

    private void Note(StoredEvent stored)
    {
        LastChecksum = stored.Checksum;
        _utilisation.Note(stored.Event);
        switch (stored.Event)
        {
            case FrameRecorded frame:
                Repeated += _measured.Add(frame.Patch) ? 0 : 1;
                break;
            case ExposureOutcomeUnknown:
                OutcomesUnknown++;
                break;
            case ExposureFailed:
                ExposuresFailed++;
                break;
            case ModelTrained model:
                _trainingMilliseconds.Add(model.Took.TotalMilliseconds);
                Evidence = model.Report.Evidence;
                break;
        }
    }
}
