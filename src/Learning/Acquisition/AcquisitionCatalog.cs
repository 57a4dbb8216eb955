namespace DklActors.Learning.Acquisition;

/// <summary>Acquisition functions by the names that recipes use.</summary>
public static class AcquisitionCatalog
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "expected-improvement", "log-expected-improvement", "noisy-expected-improvement",
        "probability-of-improvement", "upper-confidence-bound", "knowledge-gradient", "maximum-uncertainty",
        "integrated-variance-reduction", "thompson", "random",
    ];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="parameter">
    /// ξ of expected improvement, its logarithm and the probability of improvement (in deviations of the scalars,
    /// ≥ 0); β of the upper confidence bound (≥ 0); the number of samples of noisy expected improvement, of
    /// alternatives of the knowledge gradient, of reference candidates of the integrated variance reduction, of
    /// Fourier features of Thompson sampling; null for the default. The others take none.
    /// </param>
    /// <exception cref="ArgumentException">Unknown name, or a parameter that it does not take.</exception>
    public static IAcquisitionFunction Create(string name, double? parameter = null) => name switch
    {
        "expected-improvement" => new ExpectedImprovement(NotNegative(name, "ξ", parameter) ?? 0.0),
        "log-expected-improvement" => new LogExpectedImprovement(NotNegative(name, "ξ", parameter) ?? 0.0),
        "noisy-expected-improvement" => new NoisyExpectedImprovement(
            Whole(name, "samples", parameter, 1, 1024) ?? NoisyExpectedImprovement.DefaultSamples),
        "probability-of-improvement" => new ProbabilityOfImprovement(NotNegative(name, "ξ", parameter) ?? 0.0),
        "upper-confidence-bound" => new UpperConfidenceBound(NotNegative(name, "β", parameter) ?? 2.0),
        "knowledge-gradient" => new KnowledgeGradient(
            Whole(name, "alternatives", parameter, 2, 1024) ?? KnowledgeGradient.DefaultAlternatives),
        "maximum-uncertainty" => WithoutParameter(name, parameter, new MaximumUncertainty()),
        "integrated-variance-reduction" => new IntegratedVarianceReduction(
            Whole(name, "reference candidates", parameter, 1, 4096) ?? IntegratedVarianceReduction.DefaultReferences),
        "thompson" => new ThompsonSampling(
            Whole(name, "Fourier features", parameter, 16, 65_536) ?? ThompsonSampling.DefaultFeatures),
        "random" => WithoutParameter(name, parameter, new RandomAcquisition()),
        _ => throw new ArgumentException(
            $"There is no acquisition function '{name}'. Choose one of {string.Join(", ", Names)}.", nameof(name)),
    };

    private static double? NotNegative(string name, string symbol, double? parameter) =>
        parameter is null || (double.IsFinite(parameter.Value) && parameter >= 0.0)
            ? parameter
            : throw new ArgumentException(
                $"{symbol} of {name} is {parameter}; it must be a finite number, 0 or greater.", nameof(parameter));

    private static IAcquisitionFunction WithoutParameter(
        string name, double? parameter, IAcquisitionFunction function) => parameter is null
            ? function
            : throw new ArgumentException(
                $"{name} takes no parameter, but {parameter} was given. Remove it.", nameof(parameter));

    private static int? Whole(string name, string what, double? parameter, int least, int most) => parameter switch
    {
        null => null,
        { } count when double.IsInteger(count) && count >= least && count <= most => (int)count,
        _ => throw new ArgumentException(
            $"The number of {what} of {name} is {parameter}; it must be whole, {least} to {most}.",
            nameof(parameter)),
    };
}
