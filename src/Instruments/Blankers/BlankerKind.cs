namespace DklActors.Instruments.Blankers;

/// <summary>How a blanker outside the process is reached.</summary>
public enum BlankerKind
{
    /// <summary>A file that stands for the hardware line.</summary>
    File,

    /// <summary>A program of the lab that speaks to the hardware.</summary>
    Command,
}
