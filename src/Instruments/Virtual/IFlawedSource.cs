namespace DklActors.Instruments.Virtual;

/// <summary>A source whose detector adds to what was counted: spikes. The known truth has none of it.</summary>
internal interface IFlawedSource : IFrameSource
{
    /// <summary>Changes counts as the detector would, by the numbers of this exposure alone.</summary>
    void Spoil(Span<float> counts, ref SeededStream random);
}
