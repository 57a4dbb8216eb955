namespace DklActors.Learning.Acquisition;

/// <summary>Scores every candidate; the planner measures where the score is greatest.</summary>
public interface IAcquisitionFunction
{
    /// <summary>Name and parameter as journaled, such as <c>upper-confidence-bound(2)</c>.</summary>
    string Identity { get; }

    /// <param name="input">Posterior over M candidates and the goal.</param>
    /// <param name="scores">M scores, greater is better whatever the goal.</param>
    void Score(AcquisitionInput input, Span<double> scores);

    /// <summary>
    /// Whether the scores for this input are natural logarithms, so that only their differences mean something.
    /// </summary>
    bool ScoresAreLogarithms(AcquisitionInput input) => false;
}
