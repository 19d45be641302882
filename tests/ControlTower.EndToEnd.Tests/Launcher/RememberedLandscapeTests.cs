using ControlTower.Launcher;
using ControlTower.Launcher.Options;

namespace ControlTower.EndToEnd.Tests.Launcher;

public class RememberedLandscapeTests
{
    private static readonly CachedTopology Remembered = new(Orders: null, "lost-pod", Seed: 7, Speed: 60);

    [Fact]
    public void A_new_folder_starts_with_the_defaults()
        => CachedTopology.Settle(new LaunchOptions(), null, "/d").ShouldBe(new CachedTopology(null, "everyday", 1, 1440));

    [Fact]
    public void A_later_start_without_options_continues_the_same_landscape()
        => CachedTopology.Settle(new LaunchOptions(), Remembered, "/d").ShouldBe(Remembered);

    [Fact]
    public void The_speed_may_change_with_every_start()
        => CachedTopology.Settle(new LaunchOptions { Speed = 1000 }, Remembered, "/d").ShouldBe(Remembered with { Speed = 1000 });

    [Fact]
    public void Another_landscape_needs_another_folder()
        => Should.Throw<LaunchException>(() => CachedTopology.Settle(new LaunchOptions { Scenario = "calm" }, Remembered, "/d"))
            .Message.ShouldBe(
                "The data folder /d holds another landscape (scenario lost-pod, generated orders of seed 7): leave those options away to "
                    + "continue it, or give a new folder with --data.");

    [Fact]
    public void A_truncated_file_counts_as_missing()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("launch.json");
        Remembered.Write(file);
        CachedTopology.Read(file).ShouldBe(Remembered);

        File.WriteAllText(file, "{\"orders\":nu");

        CachedTopology.Read(file).ShouldBeNull();
    }
}
