using System.Collections.Immutable;

namespace DklActors.Host.Serving.Contract;

/// <summary>The choices that can be changed while a run goes on.</summary>
internal sealed record ChoicesView
{
    public required ImmutableSortedDictionary<string, string> Scalarizer { get; init; }

    public required string ScalarizerIdentity { get; init; }

    public required string ScalarLabel { get; init; }

    public required string ScalarUnit { get; init; }

    public required ImmutableSortedDictionary<string, string> Planner { get; init; }

    public required string AcquisitionIdentity { get; init; }

    public AreaView? Region { get; init; }

    public ImmutableList<AreaView> Exclusions { get; init; } = [];
}

/// <summary>Half-open ranges of pixels.</summary>
internal sealed record AreaView(int[] Rows, int[] Columns)
{
    public bool Equals(AreaView? other) =>
        other is not null && Rows.AsSpan().SequenceEqual(other.Rows) && Columns.AsSpan().SequenceEqual(other.Columns);

    public override int GetHashCode() => HashCode.Combine(Rows[0], Rows[1], Columns[0], Columns[1]);
}
