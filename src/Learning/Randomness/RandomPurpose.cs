namespace DklActors.Learning.Randomness;

/// <summary>
/// What a stream of random numbers is for. Each purpose has its own stream, so that drawing more for one never
/// shifts what another gets. The numbers are part of the journal's promise: never renumber, only add.
/// </summary>
public enum RandomPurpose
{
    NetworkWeights = 1,
    SeedDesign = 2,
    ThompsonSampling = 3,
    RandomAcquisition = 4,
    NoisyImprovement = 5,
    ReferenceCandidates = 6,
    SignFlips = 7,
    MemberWeights = 8,
    MemberOfDraw = 9,
}
