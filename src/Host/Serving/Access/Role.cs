namespace DklActors.Host.Serving.Access;

/// <summary>What a token allows.</summary>
internal enum Role
{
    /// <summary>Sees everything, changes nothing.</summary>
    Observer,

    /// <summary>May command, from the seat.</summary>
    Controller,

    /// <summary>Fetches and hands in what is trained with, and sees nothing else.</summary>
    Trainer,
}
