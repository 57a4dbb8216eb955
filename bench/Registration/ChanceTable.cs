using DklActors.Messages.Geometry;
using DklActors.Physics.Registration;

namespace DklActors.Registration;

/// <summary>How good a match images of two scenes reach that have nothing in common.</summary>
internal static class ChanceTable
{
    private const int Pairs = 1000;

    public static void Write()
    {
        Console.WriteLine(
            $"Nothing in common, {Pairs} pairs each, searched to 0.15 of the image. Share of the pairs whose own "
            + "chance is 0.1, 0.01 and 0.001 or less; an honest one has so many, or fewer.");
        Console.WriteLine();
        Console.WriteLine(
            "| scene | px | noise | median quality | 99.9 % below | quality ≥ .9 "
            + "| chance ≤ .1 | ≤ .01 | ≤ .001 | trusted |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (string kind in Scene.Kinds)
        {
            foreach (double noise in new[] { 0, 0.3, 1 })
            {
                Write(kind, new GridShape(64, 64), noise);
            }
        }
    }

    private static void Write(string kind, GridShape shape, double noise)
    {
        ImageMatch[] all = [.. Enumerable.Range(1, Pairs).AsParallel().AsOrdered().Select(Draw)];
        double[] qualities = [.. all.Select(static match => match.Quality).Order()];
        Console.WriteLine(
            $"| {kind} | {shape.Rows} | {noise} | {qualities[Pairs / 2]:F2} | {qualities[Pairs * 999 / 1000]:F2} | "
            + $"{Share(static match => match.Quality >= 0.9)} | {Share(static match => match.Chance <= 0.1)} | "
            + $"{Share(static match => match.Chance <= 0.01)} | {Share(static match => match.Chance <= 0.001)} | "
            + $"{all.Count(Trust.In)} of {Pairs} |");

        // Of the numbers of a pair one is odd and one even: two lattices never have the same orientation.
        ImageMatch Draw(int seed) => ImageRegistration.Match(
            Scene.Of(kind, shape, 100_000 + (2 * seed)).Render(shape, PixelShift.None, noise),
            Scene.Of(kind, shape, 500_001 + (2 * seed)).Render(shape, PixelShift.None, noise),
            shape,
            new MatchOptions(PixelShift.None, 0.15 * shape.Rows));

        string Share(Func<ImageMatch, bool> isSo) => $"{(double)all.Count(isSo) / Pairs:F4}";
    }
}
