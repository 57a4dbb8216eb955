namespace DklActors.Learning.Networks;

/// <summary>What is added to the network's output.</summary>
public enum SkipConnection
{
    /// <summary>Nothing: the network alone makes the embedding, as published.</summary>
    None = 1,

    /// <summary>
    /// The features themselves. The last layer starts at zero, so the first embedding equals the features and the
    /// network only refines them as far as the data ask for it.
    /// </summary>
    Identity = 2,
}
