using System.Collections.Immutable;

namespace DklActors.Learning.Acquisition;

/// <summary>
/// One acquisition function after the other, such as first the map, then its best point. Which one decides follows
/// from the number of points that the posterior is conditioned on, those still on their way included.
/// </summary>
public sealed class Schedule : IAcquisitionFunction
{
    private readonly ImmutableArray<ScheduleStage> _stages;
    private readonly IAcquisitionFunction _last;

    /// <param name="stages">The functions before the last, with growing ends.</param>
    /// <param name="last">The function after the last stage.</param>
    /// <exception cref="ArgumentException">An end is not above the one before it, or 0.</exception>
    public Schedule(ImmutableArray<ScheduleStage> stages, IAcquisitionFunction last)
    {
        ArgumentNullException.ThrowIfNull(last);
        int before = 0;
        foreach (ScheduleStage stage in stages)
        {
            if (stage.Until <= before)
            {
                throw new ArgumentException(
                    $"{stage.Function.Identity} is to decide until {stage.Until} measurements, after a stage that " +
                    $"ends at {before}. Let each stage end later than the one before.", nameof(stages));
            }

            before = stage.Until;
        }

        _stages = stages;
        _last = last;
    }

    /// <summary>As written in a recipe: <c>maximum-uncertainty until 30, then expected-improvement(0)</c>.</summary>
    public string Identity => string.Concat(
        _stages.Select(static stage => $"{stage.Function.Identity} until {stage.Until}, then ")) + _last.Identity;

    public void Score(AcquisitionInput input, Span<double> scores) => At(input).Score(input, scores);

    public bool ScoresAreLogarithms(AcquisitionInput input) => At(input).ScoresAreLogarithms(input);

    private IAcquisitionFunction At(AcquisitionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        int conditioned = input.Posterior.Count;
        return _stages.FirstOrDefault(stage => conditioned < stage.Until)?.Function ?? _last;
    }
}

/// <summary>A part of a schedule.</summary>
/// <param name="Function">What decides.</param>
/// <param name="Until">Number of measurements from which on the next stage decides.</param>
public sealed record ScheduleStage(IAcquisitionFunction Function, int Until);
