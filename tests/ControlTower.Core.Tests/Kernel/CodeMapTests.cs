using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Tests.Kernel;

public class CodeMapTests
{
    private static CodeEntry Entry(string? connector, string version, string meaning, bool isSeed = false)
        => new("edi", connector, "x12.1650", version, "AF", meaning, isSeed);

    private static string? Meaning(params CodeEntry[] entries) => new CodeMap(entries).Find("edi", "north", "x12.1650", "004010", "AF");

    [Fact]
    public void The_nearest_entry_counts()
    {
        CodeEntry[] entries =
        [
            Entry(null, CodeMap.AnyVersion, "kind"), Entry(null, "004010", "kind and version"),
            Entry("north", CodeMap.AnyVersion, "connector"), Entry("north", "004010", "connector and version"),
        ];

        Meaning(entries).ShouldBe("connector and version");
        Meaning(entries[..3]).ShouldBe("connector");
        Meaning(entries[..2]).ShouldBe("kind and version");
        Meaning(entries[..1]).ShouldBe("kind");
        Meaning().ShouldBeNull();
    }

    [Fact]
    public void A_persons_entry_counts_before_one_that_came_with_the_kind()
    {
        Meaning(Entry(null, "004010", "seed", isSeed: true), Entry(null, "004010", "person")).ShouldBe("person");
        Meaning(Entry(null, "004010", "person"), Entry(null, "004010", "seed", isSeed: true)).ShouldBe("person");
    }

    [Fact]
    public void Entries_of_another_connector_kind_or_version_do_not_count()
        => Meaning(
            Entry("south", "004010", "south"), Entry(null, "005010", "other version"), Entry(null, "004010", "mail") with { Kind = "mail" })
            .ShouldBeNull();
}
