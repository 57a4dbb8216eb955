using DklActors.Messages.Geometry;
using DklActors.Physics.Registration;

namespace DklActors.Registration;

/// <summary>How well a known shift is found.</summary>
internal static class AccuracyTable
{
    private const int Draws = 40;

    public static void Write()
    {
        Console.WriteLine(
            $"Known shifts, {Draws} each: up to a quarter of the image; lattice: up to 0.45 of its 6.3 px period. "
            + "Errors are of the matches that are trusted, the bound is Cramér's and Rao's on their root mean square.");
        Console.WriteLine();
        Console.WriteLine(
            "| scene | px | noise | trusted | median error, px | 90 % below | rms / bound | off by > 1 px |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (string kind in Scene.Kinds)
        {
            foreach (int side in new[] { 64, 96, 192 })
            {
                // What is so large takes its time and shows little that is new.
                foreach (double noise in side > 100 ? [0, 0.3] : new[] { 0, 0.1, 0.3, 1, 2 })
                {
                    Write(kind, new GridShape(side, side), noise);
                }
            }
        }
    }

    private static void Write(string kind, GridShape shape, double noise)
    {
        bool isLattice = kind == "lattice";
        double most = isLattice ? 0.45 * 6.3 : shape.Rows / 4.0;
        (ImageMatch Match, double Error, double Bound)[] trusted =
        [
            .. Enumerable.Range(1, Draws).AsParallel().AsOrdered().Select(Draw)
                .Where(static drawn => Trust.In(drawn.Match)),
        ];
        double[] errors = [.. trusted.Select(static one => one.Error).Order()];
        double ratio = noise == 0 || errors.Length == 0
            ? double.NaN
            : Math.Sqrt(trusted.Average(static one => one.Error * one.Error / (one.Bound * one.Bound)));
        Console.WriteLine(
            $"| {kind} | {shape.Rows} | {noise} | {errors.Length} of {Draws} | {At(errors, 0.5)} | {At(errors, 0.9)} | "
            + $"{(double.IsNaN(ratio) ? "" : $"{ratio:F2}")} | {errors.Count(static error => error > 1)} |");

        (ImageMatch Match, double Error, double Bound) Draw(int seed)
        {
            Scene scene = Scene.Of(kind, shape, seed);
            var random = new Random(seed * 7);
            double angle = 2 * Math.PI * random.NextDouble();
            double length = most * Math.Sqrt(random.NextDouble());
            var truth = new PixelShift(length * Math.Cos(angle), length * Math.Sin(angle));
            float[] first = scene.Render(shape, PixelShift.None, noise);
            float[] second = scene.Render(shape, truth, noise);
            ImageMatch match = ImageRegistration.Match(
                first, second, shape, new MatchOptions(PixelShift.None, isLattice ? 0.5 * 6.3 : (1.1 * most) + 1));
            return (match, (match.Shift - truth).Length, scene.BoundOf(shape, truth, noise));
        }
    }

    private static string At(double[] ordered, double share) =>
        ordered.Length == 0 ? "" : $"{ordered[(int)(share * (ordered.Length - 1))]:F3}";
}
