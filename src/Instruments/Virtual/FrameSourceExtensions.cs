using DklActors.Messages.Frames;

namespace DklActors.Instruments.Virtual;

internal static class FrameSourceExtensions
{
    /// <summary>Makes a frame of expected counts, with counting noise where the source has any to draw.</summary>
    public static Frame ToMeasuredFrame(this IFrameSource source, float[] expected, ref SeededStream random)
    {
        if (source.DrawsCountingNoise)
        {
            foreach (ref float count in expected.AsSpan())
            {
                count = (float)PoissonSampler.Draw(count, ref random);
            }
        }

        (source as IFlawedSource)?.Spoil(expected, ref random);
        return source.ToFrame(expected);
    }
}
