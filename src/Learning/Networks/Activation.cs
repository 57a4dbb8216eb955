namespace DklActors.Learning.Networks;

/// <summary>Nonlinearity of the hidden layers.</summary>
public enum Activation
{
    /// <summary>max(0, x), as in the published networks.</summary>
    Relu = 1,

    /// <summary>tanh x: bounded, so that far from the data the embedding does not run away.</summary>
    Tanh = 2,
}
