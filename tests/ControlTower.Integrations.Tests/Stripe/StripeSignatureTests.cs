using System.Text;
using ControlTower.Integrations.Stripe;
using ControlTower.Integrations.Tests.Http;

namespace ControlTower.Integrations.Tests.Stripe;

/// <summary>
/// The vendor's published vector (stripe-dotnet, EventUtilityTest with event_test_signature.json), and signatures that
/// must be refused.
/// </summary>
public class StripeSignatureTests
{
    private const string Secret = "webhook_secret";
    private const string Signature = "2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7";
    private const string Other = "63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef";
    private const string Published = $"t=1533204620,v1={Signature},v0={Other}";
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1533204620);

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        """
        {
          "id": "evt_123",
          "object": "event",
          "account": "acct_123",
          "api_version": "2017-05-25",
          "created": 1533204620,
          "data": {
            "object": {
              "id": "cus_123",
              "object": "customer",
              "created": 123456789,
              "email": "test@stripe.com",
              "livemode": false,
              "metadata": {}
            }
          },
          "livemode": false,
          "pending_webhooks": 1,
          "request": {
            "id": "req_123",
            "idempotency_key": "idempotency-key-123"
          },
          "type": "customer.created"
        }

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void The_published_vector_verifies() => Verify(Published).ShouldBeTrue();

    [Fact]
    public void The_published_vector_is_signed_as_published() =>
        StripeSignature.Sign([Secret], Then, Body).ShouldBe($"t=1533204620,v1={Signature}");

    [Fact]
    public void One_valid_signature_of_several_is_enough() => Verify($"t=1533204620,v1={Other},v1={Signature}").ShouldBeTrue();

    [Fact]
    public void Two_secrets_verify_at_once_while_one_is_rolled()
    {
        StripeSignature.Verify(["the new one", Secret], Published, Body, Then).ShouldBeTrue();
        StripeSignature.Verify([Secret], StripeSignature.Sign(["the new one", Secret], Then, Body), Body, Then).ShouldBeTrue();
        StripeSignature.Verify(["the new one", "the old one"], Published, Body, Then).ShouldBeFalse();
        StripeSignature.Verify([], Published, Body, Then).ShouldBeFalse();
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(86400, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_time_more_than_five_minutes_off_is_refused(int seconds, bool verifies) =>
        StripeSignature.Verify([Secret], Published, Body, Then.AddSeconds(seconds)).ShouldBe(verifies);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t")]
    [InlineData(",,")]
    [InlineData("t,,")]
    [InlineData("t,v1=,v0=")]
    [InlineData("t,v1=,v0")]
    [InlineData($"t=,v1={Signature}")]
    [InlineData($"v1={Signature}")]
    [InlineData("t=1533204620")]
    [InlineData("t=1533204620,v1=")]
    [InlineData($"t=1533204620,v0={Signature}")]
    [InlineData($"t=1533204620,t=1533204620,v1={Signature}")]
    [InlineData($"t=-1533204620,v1={Signature}")]
    [InlineData($"t= 1533204620,v1={Signature}")]
    [InlineData($"t=1533204621,v1={Signature}")]
    [InlineData($"t=1533204620,v1={Other}")]
    [InlineData($"t=99999999999999999999,v1={Signature}")]
    public void Anything_else_is_refused(string? header) => Verify(header).ShouldBeFalse();

    [Fact]
    public void A_very_long_header_is_refused() => Verify($"t=1533204620,v1={Signature}" + new string(',', 100_000)).ShouldBeFalse();

    [Fact]
    public void Of_ten_thousand_flipped_bits_none_is_accepted() => BitFlips.EachOf(
        10_000, Encoding.ASCII.GetBytes($"t=1533204620,v1={Signature}"), Body,
        (header, body) => StripeSignature.Verify([Secret], Encoding.Latin1.GetString(header), body, Then).ShouldBeFalse());

    private static bool Verify(string? header) => StripeSignature.Verify([Secret], header, Body, Then);
}
