namespace DklActors.Torch.Runtimes;

/// <summary>What a device was told once, to be done again and again without telling it.</summary>
internal interface IRecordedStep : IDisposable
{
    void Replay();
}
