using DklActors.Learning.Candidates;

namespace DklActors.Learning.Features;

/// <summary>The raw pixels of every candidate's patch, as the published method uses them.</summary>
internal static class PixelFeatures
{
    public static FeatureBlock Extract(CandidateSet candidates)
    {
        int width = candidates.Window.PixelCount;
        float[] values = new float[candidates.Count * width];
        for (int i = 0; i < candidates.Count; i++)
        {
            candidates.CutPatch(i, values.AsSpan(i * width, width));
        }

        return new FeatureBlock("pixels", width, values);
    }
}
