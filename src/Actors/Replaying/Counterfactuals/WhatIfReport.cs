using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;

namespace DklActors.Actors.Replaying.Counterfactuals;

/// <summary>What another choice would have said of what was measured.</summary>
/// <param name="Scalars">Each measured point, in the order of recording.</param>
/// <param name="Decisions">Each decision of the acquisition function, in order.</param>
/// <param name="Candidates">The candidates of the other choice.</param>
/// <param name="Belief">What it would have believed at the end; null without a model.</param>
/// <param name="Failures">Trainings of the other choice that gave no model.</param>
public sealed record WhatIfReport(
    ImmutableArray<OtherScalar> Scalars,
    ImmutableArray<OtherDecision> Decisions,
    CandidateSet Candidates,
    Posterior? Belief,
    int Failures);
