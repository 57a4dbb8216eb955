namespace DklActors.Learning.Vectors;

/// <summary>Says what frame a candidate would give.</summary>
public interface IFramePredictor
{
    /// <param name="candidate">Number of the candidate.</param>
    /// <param name="mean">Receives C expected values, without counting noise.</param>
    void Predict(int candidate, Span<double> mean);
}
