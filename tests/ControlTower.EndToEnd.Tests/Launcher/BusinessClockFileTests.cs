using ControlTower.Launcher.Clock;

namespace ControlTower.EndToEnd.Tests.Launcher;

public class BusinessClockFileTests
{
    private static readonly DateTimeOffset FirstOrder = new(2015, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2030, 5, 6, 7, 8, 9, TimeSpan.Zero);

    [Fact]
    public void The_first_start_begins_with_the_first_order()
        => BusinessClockFile.Continue(FirstOrder, [], 1440, Now).ShouldBe(new BusinessClockFile(FirstOrder, Now, 1440));

    [Fact]
    public void A_later_start_continues_from_the_furthest_position()
        => BusinessClockFile.Continue(FirstOrder, [FirstOrder.AddDays(3), FirstOrder.AddDays(5), FirstOrder.AddDays(4)], 60, Now)
            .BusinessStart.ShouldBe(FirstOrder.AddDays(5));

    [Fact]
    public void A_truncated_position_is_ignored_and_the_other_used()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("clock-tower.position"), "2015-0");
        File.WriteAllText(folder.File("clock-sandbox.position"), "2015-03-04T05:06:07.0000000Z\n");

        BusinessClockFile.ReadPositions([
            folder.File("clock-tower.position"), folder.File("clock-sandbox.position"), folder.File("missing")])
            .ShouldBe([new DateTimeOffset(2015, 3, 4, 5, 6, 7, TimeSpan.Zero)]);
    }

    [Fact]
    public void The_file_has_the_format_that_tower_and_sandbox_read()
    {
        using var folder = new TemporaryFolder();

        new BusinessClockFile(FirstOrder, Now, 1440).Write(folder.File("clock.json"));

        File.ReadAllText(folder.File("clock.json")).ShouldBe(
            """{"businessStart":"2015-01-01T00:00:00Z","systemStart":"2030-05-06T07:08:09Z","speed":1440}""");
    }
}
