using ControlTower.Core.Kernel;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>The trace context of W3C, as senders write it and as the tower does.</summary>
public sealed class TraceContextTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public void A_parent_that_was_written_names_its_trace()
    {
        var parent = TraceContext.Format(TraceId, Digest.Hex("release-fulfilment:SO-1:WH1/1"));

        parent.ShouldBe($"00-{TraceId}-4cf9e551baa82e75-01");
        TraceContext.TraceIdOf(parent).ShouldBe(TraceId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01")]
    [InlineData("00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01")]
    public void What_is_no_parent_names_no_trace(string? text) => TraceContext.TraceIdOf(text).ShouldBeNull();
}
