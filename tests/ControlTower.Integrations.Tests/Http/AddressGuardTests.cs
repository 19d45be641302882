using System.Net;
using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Http.Authentication;
using ControlTower.Integrations.Tests.Open;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Tests.Http;

/// <summary>Nothing is sent to a loopback, private or link-local address that is not listed.</summary>
public class AddressGuardTests
{
    [Theory]
    [InlineData("http://127.0.0.1:41001")]
    [InlineData("http://127.1")]
    [InlineData("http://2130706433")]
    [InlineData("http://0x7f000001")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://10.1.2.3")]
    [InlineData("http://172.16.0.1")]
    [InlineData("http://192.168.1.1")]
    [InlineData("http://169.254.169.254")]
    [InlineData("http://100.64.0.1")]
    [InlineData("http://localhost")]
    [InlineData("http://LOCALHOST.")]
    [InlineData("http://x.localhost")]
    [InlineData("http://[::1]")]
    [InlineData("http://[::]")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    [InlineData("http://[::127.0.0.1]")]
    [InlineData("http://[64:ff9b::127.0.0.1]")]
    [InlineData("http://[2002:7f00:1::]")]
    [InlineData("http://[fe80::1]")]
    [InlineData("http://[fd00:ec2::254]")]
    [InlineData("http://[::ffff:169.254.169.254]")]
    [InlineData("http://[::ffff:0:10.0.0.1]")]
    [InlineData("http://[64:ff9b::169.254.169.254]")]
    [InlineData("http://[2001:db8::1]")]
    [InlineData("http://[3fff::1]")]
    [InlineData("http://[2001:10::1]")]
    [InlineData("http://192.0.2.1")]
    [InlineData("http://198.51.100.7")]
    [InlineData("http://203.0.113.7")]
    [InlineData("http://100.100.100.200")]
    [InlineData("http://168.63.129.16")]
    [InlineData("http://224.0.0.1")]
    [InlineData("http://255.255.255.255")]
    [InlineData("http://0177.0.0.1")]
    [InlineData("http://１２７.0.0.1")]
    [InlineData("http://inside.example")]
    public async Task An_inner_address_is_refused(string url) => (await Guard().FindErrorAsync(url, default)).ShouldNotBeNull();

    [Theory]
    [InlineData("http://93.184.216.34/tower")]
    [InlineData("https://172.32.0.1")]
    [InlineData("https://[2606:2800:220:1::1]:8443/tower")]
    [InlineData("https://outside.example")]
    [InlineData("https://not-there-yet.example")]
    public async Task An_outer_address_is_accepted(string url) => (await Guard().FindErrorAsync(url, default)).ShouldBeNull();

    [Theory]
    [InlineData("http://127.0.0.1:41001", "127.0.0.1")]
    [InlineData("http://[::1]:41001", "::1")]
    [InlineData("http://WMS.local", "wms.local")]
    public async Task A_listed_host_is_accepted(string url, string host) => (await Guard(host).FindErrorAsync(url, default)).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("wms.example/tower")]
    [InlineData("ftp://wms.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:word@wms.example")]
    [InlineData("http://wms.example/?a=b")]
    [InlineData("http://wms.example/#a")]
    public async Task An_invalid_base_url_is_refused(string url) => (await Guard().FindErrorAsync(url, default)).ShouldNotBeNull();

    [Fact]
    public async Task A_name_that_resolves_to_an_inner_address_after_registering_is_not_dialled()
    {
        await using var partner = await Partner.StartAsync();
        var port = new Uri(partner.BaseUrl).Port;
        var answers = new Queue<IPAddress>([IPAddress.Parse("93.184.216.34"), IPAddress.Loopback]);
        var guard = Guard(resolve: _ => [answers.Dequeue()]);
        (await guard.FindErrorAsync("http://turns.example", default)).ShouldBeNull();

        var result = await Channels.To($"http://turns.example:{port}", guard: guard).SendAsync();

        result.Outcome.ShouldBe(SendOutcome.NotSent);
        result.Code.ShouldBe("ADDRESS_REFUSED");
        partner.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("/elsewhere")]
    public async Task A_redirect_is_not_followed_neither_for_a_poll_nor_for_a_command(string location)
    {
        await using var partner = await Partner.StartAsync();
        partner.Answer = context =>
        {
            context.Response.Headers.Location = location;
            return Partner.JsonAsync(context, 302, "");
        };

        var page = await Channels.To(partner.BaseUrl).PollAsync(null, 10, CancellationToken.None);
        var sent = await Channels.To(partner.BaseUrl).SendAsync();

        page.Error.ShouldBe("The target answered 302 to the poll.");
        sent.Outcome.ShouldBe(SendOutcome.Unknown);
        partner.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Exactly_the_addresses_that_were_validated_are_dialled()
    {
        var requested = 0;
        var guard = Guard(resolve: _ => ++requested == 1 ? [IPAddress.Parse("93.184.216.34")] : [IPAddress.Loopback]);

        (await guard.DialableAsync("rebinds.example", default)).ShouldBe([IPAddress.Parse("93.184.216.34")]);
        requested.ShouldBe(1);
        (await guard.DialableAsync("rebinds.example", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_token_address_is_validated_like_any_other()
    {
        using var http = new ConnectorHttp(Guard());
        var client = AuthenticationSettings.Open(
            http, JsonElement.Parse("""{"auth":"oauth2","tokenUrl":"http://169.254.169.254/token","clientId":"x"}"""),
            ConnectorCredentials.For(("clientSecret", "s")), TimeProvider.System);

        var failure = await Should.ThrowAsync<Exception>(
            () => client.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, "https://outside.example"), CancellationToken.None));

        HttpAttempt.WithoutAnswer(failure, started: false).Detail!.ShouldContain("169.254.169.254");
    }

    [Fact]
    public async Task Of_a_name_with_inner_and_outer_addresses_only_the_outer_ones_are_dialled() =>
        (await Guard(resolve: _ => [IPAddress.Loopback, IPAddress.Parse("93.184.216.34")]).DialableAsync("mixed.example", default))
            .ShouldBe([IPAddress.Parse("93.184.216.34")]);

    private static AddressGuard Guard(string? allowed = null, Func<string, IPAddress[]>? resolve = null) =>
        new(Options.Create(new ConnectorAddressOptions { AllowedHosts = allowed is null ? [] : [allowed] }))
        {
            Resolve = (name, _) => Task.FromResult((resolve ?? Known)(name)),
        };

    private static IPAddress[] Known(string name) => name switch
    {
        "inside.example" => [IPAddress.Parse("93.184.216.34"), IPAddress.Parse("10.0.0.9")],
        "outside.example" => [IPAddress.Parse("93.184.216.34")],
        _ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound),
    };
}
