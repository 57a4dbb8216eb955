using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Sections;
using DklActors.Learning.Acquisition;

namespace DklActors.Host.Recipes.Keys;

/// <summary>Keys of what makes a point worth measuring.</summary>
internal static partial class RecipeKeys
{
    public static readonly RecipeKey<AcquisitionKind> Acquisition = new(
        "planner.acquisition",
        new ChoiceFormat<AcquisitionKind>(
            (AcquisitionKind.MaximumUncertainty, "maximum-uncertainty"),
            (AcquisitionKind.IntegratedVarianceReduction, "integrated-variance-reduction"),
            (AcquisitionKind.ExpectedImprovement, "expected-improvement"),
            (AcquisitionKind.LogExpectedImprovement, "log-expected-improvement"),
            (AcquisitionKind.NoisyExpectedImprovement, "noisy-expected-improvement"),
            (AcquisitionKind.ProbabilityOfImprovement, "probability-of-improvement"),
            (AcquisitionKind.UpperConfidenceBound, "upper-confidence-bound"),
            (AcquisitionKind.KnowledgeGradient, "knowledge-gradient"),
            (AcquisitionKind.Thompson, "thompson"),
            (AcquisitionKind.Random, "random"),
            (AcquisitionKind.Schedule, "schedule")),
        "Acquisition function: maximum-uncertainty and integrated-variance-reduction learn the whole map, random is "
        + "the baseline, schedule takes one after the other, and the others look for what the goal says.")
    {
        Default = "maximum-uncertainty",
    };

    public static readonly RecipeKey<double> Beta = new(
        "planner.beta", new NumberFormat(0, 1000),
        "Weight of the deviation in mean + beta × deviation; larger explores more.")
    {
        Default = "2",
        Condition = new RecipeCondition("planner.acquisition", "upper-confidence-bound"),
    };

    public static readonly RecipeKey<double> Xi = new(
        "planner.xi", new NumberFormat(0, 10),
        "Margin by which the best must be exceeded, in standard deviations of the measured values.")
    {
        Default = "0.01",
        Condition = new RecipeCondition(
            "planner.acquisition",
            "expected-improvement", "log-expected-improvement", "probability-of-improvement"),
    };

    public static readonly RecipeKey<int> Samples = new(
        "planner.samples", new WholeFormat(1, 1024),
        "Draws of the values at measured places, over which the improvement is averaged.")
    {
        Default = $"{NoisyExpectedImprovement.DefaultSamples}",
        Condition = new RecipeCondition("planner.acquisition", "noisy-expected-improvement"),
    };

    public static readonly RecipeKey<int> Alternatives = new(
        "planner.alternatives", new WholeFormat(2, 1024),
        "Candidates that a measurement may turn out to be the best; more is more exact and slower.")
    {
        Default = $"{KnowledgeGradient.DefaultAlternatives}",
        Condition = new RecipeCondition("planner.acquisition", "knowledge-gradient"),
    };

    public static readonly RecipeKey<int> References = new(
        "planner.references", new WholeFormat(1, 4096),
        "Candidates, drawn anew for each decision, that stand for the whole map; more is more exact and slower.")
    {
        Default = $"{IntegratedVarianceReduction.DefaultReferences}",
        Condition = new RecipeCondition("planner.acquisition", "integrated-variance-reduction"),
    };

    public static readonly RecipeKey<string> Schedule = new(
        "planner.schedule", new ScheduleFormat(),
        "The acquisition functions in turn; a count includes the seeds.")
    {
        Condition = new RecipeCondition("planner.acquisition", "schedule"),
    };

    public static readonly RecipeKey<PlannerGoal> Goal = new(
        "planner.goal",
        new ChoiceFormat<PlannerGoal>(
            (PlannerGoal.Maximise, "maximise"), (PlannerGoal.Minimise, "minimise"), (PlannerGoal.Hit, "hit")),
        "Which scalars are searched for: the largest, the smallest, or those nearest to the target.")
    {
        Default = "maximise",
    };

    public static readonly RecipeKey<ScalarRange> Target = new(
        "planner.target", new ScalarRangeFormat(),
        "The scalar, or the range of scalars, that is searched for, in the scalarizer's unit.")
    {
        Condition = new RecipeCondition("planner.goal", "hit"),
    };

    public static readonly RecipeKey<double> DistanceCost = new(
        "planner.distanceCost", new NumberFormat(0, 100),
        "Cost of a move across the whole image, as a share of the span of the acquisition values; shorter moves cost "
        + "in proportion. For a logarithmic function, how many powers of e.")
    {
        Default = "0",
    };

    public static readonly RecipeKey<double> RecencyPenalty = new(
        "planner.recencyPenalty", new NumberFormat(0, 100),
        "Cost of the place planned last, as a share of the span of the acquisition values; it fades with distance "
        + "and age.")
    {
        Default = "0",
    };

    public static readonly RecipeKey<double> RecencyRadius = new(
        "planner.recencyRadius", Known.Pixels(0.1, 10_000),
        "Distance at which the cost of a place visited has fallen to 61 %; at three times as much it is gone.")
    {
        Default = "8 px",
    };

    public static readonly RecipeKey<int> RecencyMemory = new(
        "planner.recencyMemory", new WholeFormat(1, 1_000_000), "Points after which a place is recent no more.")
    {
        Default = "10",
    };

    public static readonly RecipeKey<double> RevisitPenalty = new(
        "planner.revisitPenalty", new NumberFormat(0, 100),
        "Cost of any place ever planned, as a share of the span of the acquisition values; it fades with distance "
        + "alone.")
    {
        Default = "0",
    };

    public static readonly RecipeKey<Optional<PixelRegion>> Region = new(
        "planner.region", new OptionalFormat<PixelRegion>("all", new RegionFormat()),
        "Where in the structural image points may be planned; the rest is predicted all the same.")
    {
        Default = "all",
    };
}
