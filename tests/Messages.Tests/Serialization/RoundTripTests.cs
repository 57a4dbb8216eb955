using DklActors.Messages.Events;
using DklActors.Messages.Scalars;
using DklActors.Messages.Serialization;

namespace DklActors.Messages.Tests.Serialization;

public sealed class RoundTripTests
{
    public static TheoryData<string> Manifests => [.. EventCatalog.Manifests.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Every_event_comes_back_as_it_went_whatever_its_fields_hold(string manifest)
    {
        EventCatalog.TryGet(manifest, out Type type, out int version).Should().BeTrue();
        for (int seed = 0; seed < 50; seed++)
        {
            JournalEvent written = new AnyEvent(seed).Build(type);

            JournalEvent read = EventJson.Read(manifest, version, EventJson.Write(written));

            read.Should().BeOfType(type).And.BeEquivalentTo(
                written, Equality.FieldByField, "the event of seed {0} must survive", seed);
        }
    }

    [Theory]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    [InlineData(0.1 + 0.2)]
    [InlineData(double.NaN)]
    [InlineData(-1.7976931348623157e308)]
    public void A_number_keeps_every_bit(double value)
    {
        var written = new PointScalarized(
            new PointId(1), new ScalarResult(value, 0, ScalarQuality.Good), "band-mean", TimeSpan.Zero);

        var read = (PointScalarized)EventJson.Read("point-scalarized", 1, EventJson.Write(written));

        BitConverter.DoubleToInt64Bits(read.Scalar.Value).Should().Be(BitConverter.DoubleToInt64Bits(value));
    }

    [Fact]
    public void Every_concrete_event_type_is_in_the_catalog_once()
    {
        Type[] types =
        [
            .. typeof(JournalEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(JournalEvent))),
        ];

        EventCatalog.Manifests.Should().OnlyHaveUniqueItems().And.HaveCount(types.Length);
        ContractEvents.All.Select(sample => sample.GetType()).Should().BeEquivalentTo(types);
    }
}
