using DklActors.Messages.Exposure;

namespace DklActors.Messages.Tests.Exposure;

public sealed class ExposureLeaseTests
{
    [Fact]
    public void Every_attempt_has_a_lease_of_its_own()
    {
        string[] ids =
        [
            .. from point in Enumerable.Range(1, 12)
               from attempt in Enumerable.Range(1, 12)
               select new ExposureLease(new PointId(point), attempt, TimeSpan.Zero, TimeSpan.Zero).Id,
        ];

        ids.Should().OnlyHaveUniqueItems().And.Contain("p11/1").And.Contain("p1/11");
    }
}
