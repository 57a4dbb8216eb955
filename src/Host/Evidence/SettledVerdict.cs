using DklActors.Messages.Models;

namespace DklActors.Host.Evidence;

/// <summary>
/// The verdict about structure that is worth telling: one that several models in a row have come to. A single model's
/// may flicker with every measurement.
/// </summary>
internal sealed class SettledVerdict
{
    /// <summary>Models in a row that have to agree.</summary>
    public const int ModelsToAgree = 5;

    private StructureVerdict _latest = StructureVerdict.Undecided;
    private int _agreeing;

    /// <summary>
    /// The evidence by which the verdict settled last, or null. That it is undecided is told only where it was decided
    /// before.
    /// </summary>
    public StructureEvidence? Evidence { get; private set; }

    /// <summary>Takes note of a model's evidence; null where it had none.</summary>
    public void Note(StructureEvidence? evidence)
    {
        if (evidence is null)
        {
            return;
        }

        StructureVerdict verdict = evidence.Verdict;
        _agreeing = verdict == _latest ? _agreeing + 1 : 1;
        _latest = verdict;
        StructureVerdict told = Evidence?.Verdict ?? StructureVerdict.Undecided;
        if (_agreeing >= ModelsToAgree && verdict != told)
        {
            Evidence = evidence;
        }
    }
}
