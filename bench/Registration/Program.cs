using System.Globalization;
using DklActors.Registration;
using DklActors.Messages.Geometry;
using DklActors.Physics.Registration;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Draws = 40;
const double Trusted = 0.9;

Console.WriteLine(
    $"Known shifts, {Draws} each: up to a quarter of the image; lattice: up to 0.45 of its 6.3 px period");
Console.WriteLine();
Console.WriteLine("| scene | px | noise | median error, px | 90 % below | lowest quality | trusted | off by > 1 px |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
foreach (string kind in new[] { "particles", "smooth", "lattice" })
{
    foreach (int side in new[] { 64, 96, 192 })
    {
        foreach (double noise in new[] { 0, 0.1, 0.3, 1, 2 })
        {
            Accuracy(kind, new GridShape(side, side), noise);
        }
    }
}

Console.WriteLine();
Console.WriteLine($"Nothing in common, {3 * Draws} pairs each, searched to 0.15 of the image");
Console.WriteLine();
Console.WriteLine("| scene | px | noise | median quality | 95 % below | highest | trusted |");
Console.WriteLine("|---|---|---|---|---|---|---|");
foreach (string kind in new[] { "particles", "smooth", "lattice" })
{
    foreach (int side in new[] { 64, 96 })
    {
        foreach (double noise in new[] { 0, 0.3, 1 })
        {
            Chance(kind, new GridShape(side, side), noise);
        }
    }
}

var large = new GridShape(512, 512);
float[] image = Scene.Of("particles", large, 1).Render(large, PixelShift.None, 0.1);
long timed = TimeProvider.System.GetTimestamp();
ImageRegistration.Match(image, image, large, new MatchOptions(PixelShift.None, 30));
Console.WriteLine();
Console.WriteLine($"512 × 512 px matched in {TimeProvider.System.GetElapsedTime(timed).TotalMilliseconds:F0} ms.");

static void Accuracy(string kind, GridShape shape, double noise)
{
    bool isLattice = kind == "lattice";
    double most = isLattice ? 0.45 * 6.3 : shape.Rows / 4.0;
    List<(double Error, double Quality)> all = [];
    for (int seed = 1; seed <= Draws; seed++)
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
        all.Add(((match.Shift - truth).Length, match.Quality));
    }

    double[] errors = [.. all.Select(static one => one.Error).Order()];
    int trusted = all.Count(static one => one.Quality >= Trusted);
    int wrong = all.Count(static one => one is { Quality: >= Trusted, Error: > 1 });
    Console.WriteLine(
        $"| {kind} | {shape.Rows} | {noise} | {errors[Draws / 2]:F3} | {errors[Draws * 9 / 10]:F3} | "
        + $"{all.Min(static one => one.Quality):F2} | {trusted} of {Draws} | {wrong} |");
}

static void Chance(string kind, GridShape shape, double noise)
{
    List<double> all = [];
    for (int seed = 1; seed <= 3 * Draws; seed++)
    {
        float[] first = Scene.Of(kind, shape, 1000 + seed).Render(shape, PixelShift.None, noise);
        float[] second = Scene.Of(kind, shape, 5003 + (3 * seed)).Render(shape, PixelShift.None, noise);
        all.Add(ImageRegistration.Match(
            first, second, shape, new MatchOptions(PixelShift.None, 0.15 * shape.Rows)).Quality);
    }

    all.Sort();
    Console.WriteLine(
        $"| {kind} | {shape.Rows} | {noise} | {all[all.Count / 2]:F2} | {all[all.Count * 95 / 100]:F2} | "
        + $"{all[^1]:F2} | {all.Count(static quality => quality >= Trusted)} of {all.Count} |");
}
