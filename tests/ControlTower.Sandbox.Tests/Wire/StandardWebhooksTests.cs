using System.Text;
using ControlTower.Sandbox.Wire;

namespace ControlTower.Sandbox.Tests.Wire;

public sealed class StandardWebhooksTests
{
    // The published vector of the Standard Webhooks libraries.
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Timestamp = 1614265330;
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(Timestamp);

    [Fact]
    public void The_published_vector_is_signed_the_same() => StandardWebhooks.Sign(Secret, Id, Timestamp, Body).ShouldBe(Signature);

    [Fact]
    public void One_valid_signature_among_several_is_enough() => Verify(signatures: "v1,Zm9v " + Signature).ShouldBeTrue();

    [Fact]
    public void Another_body_id_or_secret_does_not_verify()
    {
        StandardWebhooks.Verify(Secret, Id, $"{Timestamp}", Signature, [.. Body, 32], Then).ShouldBeFalse();
        StandardWebhooks.Verify(Secret, Id + "x", $"{Timestamp}", Signature, Body, Then).ShouldBeFalse();
        StandardWebhooks.Verify(StandardWebhooks.NewSecret(), Id, $"{Timestamp}", Signature, Body, Then).ShouldBeFalse();
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void The_timestamp_may_be_five_minutes_off(int seconds, bool verifies) =>
        Verify(now: Then.AddSeconds(seconds)).ShouldBe(verifies);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("nonsense ü")]
    public void A_missing_or_malformed_signature_does_not_verify(string? signatures) =>
        StandardWebhooks.Verify(Secret, Id, $"{Timestamp}", signatures, Body, Then).ShouldBeFalse();

    private static bool Verify(string? signatures = Signature, DateTimeOffset? now = null) =>
        StandardWebhooks.Verify(Secret, Id, $"{Timestamp}", signatures, Body, now ?? Then);
}
