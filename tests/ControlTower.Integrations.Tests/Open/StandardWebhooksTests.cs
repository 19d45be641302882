using System.Text;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Open;
using ControlTower.Integrations.Tests.Http;

namespace ControlTower.Integrations.Tests.Open;

/// <summary>The specification's published example, and signatures that must be refused.</summary>
public class StandardWebhooksTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static readonly byte[] Key = Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public void The_published_example_is_signed_as_published() => StandardWebhooks.Sign(Key, Id, Then, Body).ShouldBe(Signature);

    [Fact]
    public void The_published_example_verifies() => Verify().ShouldBeTrue();

    [Fact]
    public void One_valid_signature_among_others_is_enough() =>
        Verify(signatures: $"v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,xyz {Signature}").ShouldBeTrue();

    [Fact]
    public void The_old_key_verifies_next_to_the_new_one() =>
        StandardWebhooks.Verify([new byte[32], Key], Id, Timestamp, Signature, Body, Then).ShouldBeTrue();

    [Theory]
    [InlineData(299, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_timestamp_may_be_five_minutes_off(int seconds, bool verifies) =>
        StandardWebhooks.Verify([Key], Id, Timestamp, Signature, Body, Then.AddSeconds(seconds)).ShouldBe(verifies);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("1614265330.5")]
    [InlineData("-1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("99999999999999999999")]
    public void A_malformed_timestamp_never_verifies(string? timestamp) =>
        StandardWebhooks.Verify([Key], Id, timestamp, Signature, Body, Then).ShouldBeFalse();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,")]
    [InlineData("v1,not base64")]
    [InlineData("v1,AAAA")]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void A_malformed_signature_never_verifies(string? signatures) => Verify(signatures: signatures).ShouldBeFalse();

    [Fact]
    public void A_very_long_signature_header_is_refused() =>
        Verify(signatures: new string('v', 20_000) + " v1," + new string('A', 20_000)).ShouldBeFalse();

    [Fact]
    public void No_flipped_bit_of_id_timestamp_signature_or_body_verifies()
    {
        EachFlipOf(Encoding.ASCII.GetBytes(Id), id => Verify(id: Encoding.Latin1.GetString(id)));
        EachFlipOf(Encoding.ASCII.GetBytes(Timestamp), timestamp => Verify(timestamp: Encoding.Latin1.GetString(timestamp)));
        EachFlipOf(Encoding.ASCII.GetBytes(Signature), signature => Verify(signatures: Encoding.Latin1.GetString(signature)));
        EachFlipOf(Body, body => StandardWebhooks.Verify([Key], Id, Timestamp, Signature, body, Then));
    }

    [Fact]
    public void Of_ten_thousand_messages_with_one_or_two_flipped_bits_none_is_accepted() => BitFlips.EachOf(
        10_000, Encoding.ASCII.GetBytes(Signature), Body,
        (signature, body) => StandardWebhooks.Verify([Key], Id, Timestamp, Encoding.Latin1.GetString(signature), body, Then)
            .ShouldBeFalse());

    [Fact]
    public void Another_id_or_another_key_does_not_verify()
    {
        StandardWebhooks.Verify([Key], Id + "x", Timestamp, Signature, Body, Then).ShouldBeFalse();
        StandardWebhooks.Verify([Encoding.ASCII.GetBytes(new string('k', 24))], Id, Timestamp, Signature, Body, Then).ShouldBeFalse();
        StandardWebhooks.Verify([], Id, Timestamp, Signature, Body, Then).ShouldBeFalse();
    }

    private static bool Verify(string? signatures = Signature, string id = Id, string timestamp = Timestamp) =>
        StandardWebhooks.Verify([Key], id, timestamp, signatures, Body, Then);

    private static void EachFlipOf(byte[] bytes, Func<byte[], bool> verifies)
    {
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            verifies(flipped).ShouldBeFalse($"bit {bit}");
        }
    }

    private static byte[] Parse(string secret) => WebhookSecret.TryParse(secret, out var key) ? key : throw new ArgumentException(secret);
}
