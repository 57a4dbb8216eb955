using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;
using DklActors.Learning.Engines;
using DklActors.Learning.Linear;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>
/// Derives a run again from its journal and compares: each scalar from its raw frame, each model from the scalars
/// before it, each decision from the data that the planner had.
/// </summary>
public sealed class RunVerifier
{
    private readonly RunSource _source;
    private readonly TimeProvider _time;

    public RunVerifier(RunSource source, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        _source = source;
        _time = time;
    }

    /// <summary>The instruction set on which a replay has to give the same bits; another one has a tolerance.</summary>
    public string InstructionSetHere { get; init; } = InstructionSet.Current;

    /// <summary>Models that are trained side by side.</summary>
    public int SideBySide { get; init; } = Environment.ProcessorCount;

    /// <summary>Called after every event with its number.</summary>
    public Action<long>? Progress { get; init; }

    /// <summary>Verifies the chain and, where it is intact, all that follows from what is in it.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken)
    {
        long started = _time.GetTimestamp();
        ChainReport chain = _source.Journal.Verify();
        if (!chain.IsIntact)
        {
            return new VerificationReport(chain, [], [], [], TimeSpan.Zero, _time.GetElapsedTime(started));
        }

        var walk = new VerificationWalk(_source, InstructionSetHere, SideBySide, Progress);
        await walk.RunAsync(cancellationToken).ConfigureAwait(false);
        return new VerificationReport(
            chain,
            walk.Findings.Counts,
            walk.Findings.Divergences,
            walk.Findings.Notes,
            walk.Computing,
            _time.GetElapsedTime(started));
    }
}
