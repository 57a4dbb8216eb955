namespace DklActors.Host.Serving.Contract;

internal sealed record RecipeInfo(string Name, string Title);

/// <summary>What a dry run found.</summary>
internal sealed record RecipeCheckView(bool Ok, IReadOnlyList<RecipeErrorView> Errors, EstimateView? Estimate);

/// <summary>What a run is going to cost; types.ts says what each means.</summary>
internal sealed record EstimateView
{
    public required string Name { get; init; }

    public required string Instrument { get; init; }

    public required string InstrumentDescription { get; init; }

    public required int Points { get; init; }

    public required int Exposures { get; init; }

    public required int Candidates { get; init; }

    public required double DurationS { get; init; }

    public required double Electrons { get; init; }

    public required double DosePerPixel { get; init; }

    public required double? LimitElectrons { get; init; }

    public required double? LimitPerPixel { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }
}
