using DklActors.Learning.Randomness;

namespace DklActors.Learning.Acquisition;

/// <summary>Uniform scores: the baseline that a strategy has to beat.</summary>
public sealed class RandomAcquisition : IAcquisitionFunction
{
    public string Identity => "random";

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        SeededRandom random = SeededRandom.Derive(input.Seed, RandomPurpose.RandomAcquisition);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = random.NextDouble();
        }
    }
}
