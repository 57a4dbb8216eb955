using DklActors.Learning.Candidates;
using DklActors.Learning.Designs;
using DklActors.Learning.Randomness;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Speed.Training;

/// <summary>Seeded images and values of any size; the time does not depend on what they show.</summary>
internal static class Scene
{
    public static CandidateSet Candidates(int rows, int columns, int patch)
    {
        SeededRandom random = SeededRandom.Derive(1, RandomPurpose.SeedDesign);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            double row = i / columns, column = i % columns;
            values[i] = (float)(Math.Sin(0.3 * row) + Math.Cos(0.2 * column) + (0.1 * random.NextGaussian()));
        }

        var image = new StructuralImage("HAADF", new GridShape(rows, columns), new Nanometre(1.0), values);
        return CandidateSet.Create(image, new PatchWindow(patch));
    }

    public static Observation[] Observations(CandidateSet candidates, int count)
    {
        SeededRandom random = SeededRandom.Derive(2, RandomPurpose.SeedDesign);
        return
        [
            .. SeedDesign.Random(candidates, count, 1).Select(i => new Observation(
                i, candidates.Image[candidates.PointAt(i)] + (0.1 * random.NextGaussian()), 0.0)),
        ];
    }
}
