namespace DklActors.Learning.Acquisition;

/// <summary>Acquisition functions by the names that recipes use.</summary>
public static class AcquisitionCatalog
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "expected-improvement", "upper-confidence-bound", "maximum-uncertainty", "thompson", "random",
    ];

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="parameter">
    /// ξ of expected improvement (in deviations of the scalars, ≥ 0), β of the upper confidence bound (≥ 0), the
    /// number of Fourier features of Thompson sampling; null for the default. The others take none.
    /// </param>
    /// <exception cref="ArgumentException">Unknown name, or a parameter that it does not take.</exception>
    public static IAcquisitionFunction Create(string name, double? parameter = null) => name switch
    {
        "expected-improvement" => new ExpectedImprovement(NotNegative(name, "ξ", parameter) ?? 0.0),
        "upper-confidence-bound" => new UpperConfidenceBound(NotNegative(name, "β", parameter) ?? 2.0),
        "maximum-uncertainty" => WithoutParameter(name, parameter, new MaximumUncertainty()),
        "thompson" => new ThompsonSampling(FeatureCount(name, parameter)),
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

    private static int FeatureCount(string name, double? parameter) => parameter switch
    {
        null => ThompsonSampling.DefaultFeatures,
        >= 16 and <= 65_536 when double.IsInteger(parameter.Value) => (int)parameter.Value,
        _ => throw new ArgumentException(
            $"The number of Fourier features of {name} is {parameter}; it must be whole, 16 to 65536.",
            nameof(parameter)),
    };
}
