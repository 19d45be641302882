using System.Text.Json;
using ControlTower.Web.Features.Exceptions;

namespace ControlTower.Web.Tests.Exceptions;

public sealed class PayloadTextTests
{
    private static readonly JsonElement Payload = JsonSerializer.Deserialize<JsonElement>(
        """{"id":"1","data":{"references":{},"lines":[{"line":"10","tags":[]},{"line":"20","quantity":-1}],"total":5}}""");

    [Theory]
    [InlineData("data.lines[1].quantity", "\"quantity\": -1")]
    [InlineData("$.data.total", "\"total\": 5")]
    [InlineData("/data/lines/0/line", "\"line\": \"10\"")]
    [InlineData("id", "\"id\": \"1\"")]
    [InlineData("data.order.total", "\"data\": {")]
    public void The_line_of_the_failing_field_is_marked(string path, string line) =>
        PayloadText.Lines(Payload, path).Single(l => l.Marked).Text.Trim().TrimEnd(',').ShouldBe(line);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("order.total")]
    public void Without_such_a_field_nothing_is_marked(string? path) => PayloadText.Lines(Payload, path).ShouldAllBe(line => !line.Marked);

    [Fact]
    public void Text_that_is_not_JSON_is_shown_unchanged() =>
        PayloadText.Lines(JsonSerializer.SerializeToElement("<xml/>"), "data").Single().Text.ShouldBe("<xml/>");
}
