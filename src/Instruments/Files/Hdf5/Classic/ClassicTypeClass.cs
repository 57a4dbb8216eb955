namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Kinds of datatypes, by the number that the file gives.</summary>
internal enum ClassicTypeClass
{
    Integer = 0,
    Float = 1,
    Time = 2,
    Text = 3,
    BitField = 4,
    Opaque = 5,
    Compound = 6,
    Reference = 7,
    Enumeration = 8,
    List = 9,
    Array = 10,
}
