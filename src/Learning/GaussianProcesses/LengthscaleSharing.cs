namespace DklActors.Learning.GaussianProcesses;

/// <summary>Which dimensions of the embedding share a lengthscale.</summary>
public enum LengthscaleSharing
{
    /// <summary>All: isotropic.</summary>
    All = 1,

    /// <summary>Those of one block of features (jets, position …); needs the identity skip.</summary>
    PerBlock = 2,

    /// <summary>None: automatic relevance determination.</summary>
    PerDimension = 3,
}
