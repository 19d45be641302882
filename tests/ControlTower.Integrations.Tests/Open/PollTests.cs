using System.Text;
using ControlTower.Core.Connectors;
using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Open;

public class PollTests
{
    [Fact]
    public async Task The_first_poll_has_no_cursor_and_is_signed_over_an_empty_body()
    {
        await using var partner = await Partner.StartAsync();
        partner.Answer = context => Partner.JsonAsync(context, 200, """{"events":[{"id":"1"}],"next":"c 1/ä"}""");

        var page = await Channels.To(partner.BaseUrl).PollAsync(null, 500, CancellationToken.None);

        page.Error.ShouldBeNull();
        page.Next.ShouldBe("c 1/ä");
        page.Events.Select(Encoding.UTF8.GetString).ShouldBe(["""{"id":"1"}"""]);
        var request = partner.Requests.Single();
        request.Method.ShouldBe("GET");
        request.Path.ShouldBe("/events?limit=500");
        request.Body.ShouldBeEmpty();
        request.IsSigned(Partner.Key, DateTimeOffset.UtcNow).ShouldBeTrue();
    }

    [Fact]
    public async Task Later_polls_carry_the_cursor()
    {
        await using var partner = await Partner.StartAsync();
        partner.Answer = context => Partner.JsonAsync(context, 200, """{"events":[],"next":"c 1/&"}""");

        await Channels.To(partner.BaseUrl).PollAsync("c 1/&", 500, CancellationToken.None);

        partner.Requests.Single().Path.ShouldBe("/events?after=c%201%2F%26&limit=500");
    }

    [Fact]
    public async Task An_empty_page_may_leave_the_cursor_out() =>
        (await PageAsync(200, """{"events":[]}""")).Next.ShouldBe("c-1");

    [Theory]
    [InlineData(200, "no")]
    [InlineData(200, "[]")]
    [InlineData(200, """{"events":{}}""")]
    [InlineData(200, """{"events":[{}]}""")]
    [InlineData(500, """{"events":[],"next":"c-2"}""")]
    [InlineData(302, "")]
    public async Task A_malformed_page_is_an_error_and_gives_no_event(int status, string body)
    {
        var page = await PageAsync(status, body);

        page.Error.ShouldNotBeNull();
        page.Events.ShouldBeEmpty();
        page.Unauthorised.ShouldBeFalse();
    }

    [Fact]
    public async Task Refused_credentials_are_reported_separately() => (await PageAsync(401, "")).Unauthorised.ShouldBeTrue();

    [Fact]
    public async Task An_unavailable_target_is_an_error()
    {
        using var nobody = new ReservedPort();

        var page = await Channels.To($"http://127.0.0.1:{nobody.Number}").PollAsync(null, 500, CancellationToken.None);

        page.Error.ShouldNotBeNull();
    }

    private static async Task<PollResult> PageAsync(int status, string body)
    {
        await using var partner = await Partner.StartAsync();
        partner.Answer = context => Partner.JsonAsync(context, status, body);
        return await Channels.To(partner.BaseUrl).PollAsync("c-1", 500, CancellationToken.None);
    }
}
