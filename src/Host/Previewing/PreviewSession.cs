using System.Text.Json;
using DklActors.Host.Commands;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Previewing;

/// <summary><c>dkl scalarize FILE --with …</c>: what a scalarizer makes of a data file.</summary>
internal sealed class PreviewSession(PreviewRequest request, TimeProvider time)
{
    private const int MostReasons = 5;

    private static readonly JsonSerializerOptions Camel = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public ExitCode Run(CancellationToken cancellation)
    {
        ScalarizerSpec spec = ScalarizerArguments.Parse(request.With);
        using FrameGrid grid = FrameGrid.Open(request.File, request.Array, request.CountsPerUnit);
        if (spec.Validate(grid.EnergyAxis) is { } problem)
        {
            throw new UsageException(problem);
        }

        IScalarizer scalarizer = Create(spec);
        Preview preview = Preview.Of(grid, scalarizer, time, cancellation);
        string folder = request.Folder
            ?? $"{Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(request.File))}-{spec.Kind}";
        IReadOnlyList<string> figures = new PreviewFigures(grid, spec, scalarizer, preview).Write(folder);
        Tell(grid, scalarizer, preview, figures);
        return preview.Values.Any(double.IsFinite) ? ExitCode.Done : ExitCode.RunFailed;
    }

    private static IScalarizer Create(ScalarizerSpec spec)
    {
        try
        {
            return ScalarizerCatalog.Create(spec);
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message.Split(" (Parameter")[0]);
        }
    }

    private void Tell(
        FrameGrid grid, IScalarizer scalarizer, Preview preview, IReadOnlyList<string> figures)
    {
        TextWriter words = request.Json ? Console.Error : Console.Out;
        string frames = grid.PatternShape is { } pattern
            ? $"patterns of {pattern}"
            : $"spectra, {grid.EnergyAxis}{(grid.IsCalibrated ? "" : " (channels without energies)")}";
        words.WriteLine($"scalarizer  {scalarizer.Identity}");
        words.WriteLine(
            $"frames      '{grid.Name}' of {request.File}: {grid.Shape.Rows} × {grid.Shape.Columns} {frames}");
        double[] sorted = [.. preview.Values.Where(double.IsFinite).Order()];
        double[] errors =
        [
            .. preview.Scalars.Where(static scalar => scalar.Quality != ScalarQuality.Bad)
                .Select(static scalar => scalar.StandardError).Order(),
        ];
        string unit = scalarizer.Unit.Length > 0 ? $" {scalarizer.Unit}" : "";
        words.WriteLine(sorted.Length switch
        {
            0 => "value       none of the frames gives one",
            1 when grid.Shape.Count == 1 =>
                $"value       {sorted[0]:G8} ± {errors[0]:G3}{unit}",
            _ => $"value       {sorted[0]:G6} .. {sorted[sorted.Length / 2]:G6} (median) .. {sorted[^1]:G6}{unit}; "
                + $"standard error {errors[errors.Length / 2]:G3} (median)",
        });
        words.WriteLine(
            $"quality     {Count(preview, ScalarQuality.Good)} good, {Count(preview, ScalarQuality.Suspect)} suspect, "
            + $"{Count(preview, ScalarQuality.Bad)} bad; {preview.PerFrame.TotalMilliseconds:G3} ms a frame");
        foreach (var reason in preview.Scalars.Where(static scalar => scalar.Reason is not null)
            .GroupBy(static scalar => scalar.Reason).OrderByDescending(static group => group.Count()).Take(MostReasons))
        {
            words.WriteLine($"            {reason.Count()} × {reason.Key}");
        }

        words.WriteLine($"figures     {string.Join(", ", figures)}");
        if (request.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    scalarizer.Identity,
                    scalarizer.Unit,
                    request.File,
                    Array = grid.Name,
                    grid.Shape.Rows,
                    grid.Shape.Columns,
                    Good = Count(preview, ScalarQuality.Good),
                    Suspect = Count(preview, ScalarQuality.Suspect),
                    Bad = Count(preview, ScalarQuality.Bad),
                    Least = Of(sorted, 0),
                    Median = Of(sorted, 0.5),
                    Most = Of(sorted, 1),
                    MedianStandardError = Of(errors, 0.5),
                    MillisecondsPerFrame = preview.PerFrame.TotalMilliseconds,
                    Figures = figures,
                },
                Camel));
        }
    }

    private static double? Of(double[] sorted, double share) =>
        sorted.Length == 0 ? null : sorted[(int)(share * (sorted.Length - 1))];

    private static int Count(Preview preview, ScalarQuality quality) =>
        preview.Scalars.Count(scalar => scalar.Quality == quality);
}
