using DklActors.Messages.Events;
using DklActors.Messages.Geometry;
using FluentAssertions.Equivalency;

namespace DklActors.Messages.Tests.Serialization;

/// <summary>
/// Compares events field by field: a record's own equality would compare arrays by identity. Points and positions
/// compare as the values they are, because they lead to each other without end.
/// </summary>
internal static class Equality
{
    public static EquivalencyAssertionOptions<JournalEvent> FieldByField(
        EquivalencyAssertionOptions<JournalEvent> options) => options
            .RespectingRuntimeTypes()
            .ComparingRecordsByMembers()
            .ComparingByValue<GridPoint>()
            .ComparingByValue<ProbePosition>();
}
