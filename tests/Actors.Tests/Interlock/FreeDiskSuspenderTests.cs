using DklActors.Actors.Interlock;

namespace DklActors.Actors.Tests.Interlock;

public sealed class FreeDiskSuspenderTests
{
    [Fact]
    public void Exposures_are_held_back_below_the_floor_and_let_go_only_well_above_it()
    {
        long free = 300;
        var disk = new FreeDiskSuspender("run", 200, _ => free);
        disk.Check().Should().BeNull();
        free = 199;
        disk.Check().Should().Contain("run");
        free = 249;
        disk.Check().Should().NotBeNull("a quarter above the floor is the hysteresis");
        free = 250;
        disk.Check().Should().BeNull();
        free = 200;
        disk.Check().Should().BeNull();
    }

    [Fact]
    public void A_disk_that_does_not_answer_holds_exposures_back() =>
        new FreeDiskSuspender("run", 200, _ => throw new IOException("gone")).Check().Should().Contain("gone");

    [Fact]
    public void The_disk_of_a_real_folder_has_free_space() =>
        FreeDiskSuspender.FreeBytesOf(Path.GetTempPath()).Should().BePositive();
}
