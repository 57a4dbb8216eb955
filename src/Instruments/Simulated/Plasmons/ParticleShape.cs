namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>Outline of a simulated nanoparticle.</summary>
public enum ParticleShape
{
    /// <summary>A ball; thickest in its middle.</summary>
    Sphere,

    /// <summary>A cube seen along an edge direction; evenly thick.</summary>
    Cube,

    /// <summary>A flat triangular prism.</summary>
    Triangle,

    /// <summary>A rod with round ends.</summary>
    Rod,
}
