namespace DklActors.Instruments.Simulated.Columns;

/// <summary>What an atomic column of a perovskite consists of, seen along [001].</summary>
public enum ColumnKind
{
    /// <summary>Strontium, on the corners of the cell.</summary>
    Strontium,

    /// <summary>Lead in the place of strontium.</summary>
    Lead,

    /// <summary>Titanium and oxygen, in the middle of the cell.</summary>
    TitaniumOxygen,

    /// <summary>Oxygen alone, on the middle of the cell's edges.</summary>
    Oxygen,
}
