namespace DklActors.Learning.Vectors;

/// <summary>The mean of the measured frames, wherever: what is known without any structure.</summary>
public sealed class MeanFrame(FrameComponents components) : IFramePredictor
{
    public void Predict(int candidate, Span<double> mean)
    {
        for (int j = 0; j < mean.Length; j++)
        {
            mean[j] = components.Mean[j];
        }
    }
}
