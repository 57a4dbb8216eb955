using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;

namespace DklActors.Host.Trainers.Node;

/// <summary>Makes engines.</summary>
internal interface IEngineSource
{
    /// <summary>What it makes, with the instruction set, for people: <c>managed/1 x64 512-bit fused</c>.</summary>
    string Identity { get; }

    /// <summary>Why it does not make this one, or null.</summary>
    string? RefusalOf(LearnerSpec learner);

    /// <exception cref="ArgumentException">There is no such model, or an option is out of range.</exception>
    IDklEngine Create(LearnerSpec learner, CandidateSet candidates);
}
