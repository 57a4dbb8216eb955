using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Patterns.Fields;
using DklActors.Physics.Patterns.Grains;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Patterns.Overlaps;
using DklActors.Physics.Patterns.Rings;
using DklActors.Physics.Patterns.Strains;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Patterns;

/// <summary>The kinds that take diffraction patterns.</summary>
internal static class PatternScalarizers
{
    public static readonly ScalarizerKind[] All =
    [
        .. CentreOfMassScalarizer.Kinds,
        ElectricFieldScalarizer.Kind,
        .. StencilScalarizer.Kinds,
        .. VirtualDetectorScalarizer.Kinds,
        MaskedSumScalarizer.Kind,
        DiscCountScalarizer.Kind,
        DiscSeparationScalarizer.Kind,
        .. StrainScalarizer.Kinds,
        CepstralStrainScalarizer.Kind,
        .. GrainScalarizer.Kinds,
        RingRadiusScalarizer.Kind,
    ];
}
