using System.Text.Json;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Tests.Stories;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>A connector's code becomes its meaning, or a refusal with all that is needed to map it.</summary>
public class CodeLookupTests
{
    private readonly NotedErrors _errors = new();

    private static readonly CodeEntry PickedUp = new("open", "fast", "x12.1650", "004010", "AF", "shipment.picked-up", IsSeed: false);

    private readonly CodeLookup _codes = new CodeMap([PickedUp]).For(Landscapes.Whole.Find("fast")!);

    [Fact]
    public void A_mapped_code_is_read_as_its_meaning()
    {
        _codes.Require("x12.1650", "004010", Field("\" AF \"")).ShouldBe("shipment.picked-up");
        _codes.Find("x12.1650", "004010", "AF").ShouldBe("shipment.picked-up");
        _errors.All.ShouldBeEmpty();
    }

    [Fact]
    public void A_code_that_nobody_mapped_is_refused_with_its_scheme_and_version()
    {
        _codes.Require("x12.1650", "005010", Field("\"AF\"")).ShouldBeNull();

        _errors.All.ShouldBe([
            new MapRefusal("CODE_UNMAPPED", "data.status", "Nobody has mapped the code AF of x12.1650, version 005010.")
                { Code = new UnmappedCode("x12.1650", "005010", "AF") },
        ]);
    }

    [Theory]
    [InlineData("null", "data.status is missing.")]
    [InlineData("\" \"", "data.status is missing.")]
    public void A_code_that_is_not_there_is_missing_and_not_unmapped(string sent, string error)
    {
        _codes.Require("x12.1650", "004010", Field(sent)).ShouldBeNull();

        _errors.All.ShouldBe([new MapRefusal("SCHEMA_INVALID", "data.status", error)]);
    }

    private FieldReader Field(string sent) => new(JsonDocument.Parse(sent).RootElement, "data.status", _errors);
}
