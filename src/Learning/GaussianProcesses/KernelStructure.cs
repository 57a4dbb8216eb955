namespace DklActors.Learning.GaussianProcesses;

/// <summary>How the blocks of features act together.</summary>
public enum KernelStructure
{
    /// <summary>One term over all dimensions: what is alike must be alike in every one of them.</summary>
    Product = 1,

    /// <summary>
    /// One term a block (Duvenaud et al. 2013, arXiv:1302.4922): each tells its part, and position takes up what
    /// structure leaves. Blocks that are one space keep one lengthscale, position two. Needs the identity skip.
    /// </summary>
    SumOverBlocks = 2,
}
