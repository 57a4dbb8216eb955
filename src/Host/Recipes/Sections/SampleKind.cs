namespace DklActors.Host.Recipes.Sections;

/// <summary>What a simulated microscope looks at.</summary>
public enum SampleKind
{
    /// <summary>Silver nanoparticles by low-loss EELS.</summary>
    Plasmons,

    /// <summary>Manganese and iron oxides by core-loss EELS.</summary>
    CoreLoss,

    /// <summary>A perovskite at atomic resolution by 4D-STEM.</summary>
    AtomicColumns,

    /// <summary>A strained film of several grains by nanobeam diffraction.</summary>
    StrainedFilm,
}
