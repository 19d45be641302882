using System.Text;
using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Tests.Http;

namespace ControlTower.Integrations.Tests.EasyPost;

/// <summary>
/// The vendor's published vector (EasyPost client libraries, "validates a webhook secret"), and signatures that must be
/// refused.
/// </summary>
public class EasyPostSignatureTests
{
    private const string Secret = "sécret";
    private const string Published = "hmac-sha256-hex=e93977c8ccb20363d51a62b3fe1fc402b7829be1152da9e88cf9e8d07115a46b";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(
        @"{""result"":{""id"":""batch_123..."",""object"":""Batch"",""mode"":""test"",""state"":""created"",""num_shipme"
        + @"nts"":0,""reference"":null,""created_at"":""2"
        + @"022-07-26T17:22:32Z"",""updated_at"":""2022-07-26T17:22:32Z"",""scan_form"":null,""shipments"":[],""status"":{"
        + @"""created"":0,""queued_for_purchas"
        + @"e"":0,""creation_failed"":0,""postage_purchased"":0,""postage_purchase_failed"":0},""pickup"":null,""label_url"
        + @""":null},""description"":""batch.c"
        + @"reated"",""mode"":""test"",""previous_attributes"":null,""completed_urls"":null,""user_id"":""user_123..."","""
        + @"status"":""pending"",""object"":""Event"""
        + @",""id"":""evt_123...""}");

    [Fact]
    public void The_published_vector_verifies() => Verify(Secret).ShouldBeTrue();

    [Fact]
    public void The_published_vector_is_signed_as_published() => EasyPostSignature.Sign(Secret, Body).ShouldBe(Published);

    [Fact]
    public void The_secret_is_used_in_its_decomposed_form() =>
        EasyPostSignature.Sign(Secret.Normalize(NormalizationForm.FormC), Body)
            .ShouldBe(EasyPostSignature.Sign(Secret.Normalize(NormalizationForm.FormD), Body));

    [Fact]
    public void Two_secrets_verify_at_once_while_one_is_replaced()
    {
        Verify("the new one", Secret).ShouldBeTrue();
        Verify(Secret, "the old one").ShouldBeTrue();
        Verify("the new one", "the old one").ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("some-signature")]
    [InlineData("e93977c8ccb20363d51a62b3fe1fc402b7829be1152da9e88cf9e8d07115a46b")]
    [InlineData("hmac-sha256-hex=")]
    [InlineData("hmac-sha256-hex=e93977c8ccb20363d51a62b3fe1fc402b7829be1152da9e88cf9e8d07115aaaa")]
    [InlineData("hmac-sha256-hex=E93977C8CCB20363D51A62B3FE1FC402B7829BE1152DA9E88CF9E8D07115A46B")]
    [InlineData("hmac-sha256-hex=e93977c8ccb20363d51a62b3fe1fc402b7829be1152da9e88cf9e8d07115a46b ")]
    [InlineData("hmac-sha1-hex=e93977c8ccb20363d51a62b3fe1fc402b7829be1152da9e88cf9e8d07115a46b")]
    public void Anything_else_is_refused(string? header) => EasyPostSignature.Verify([Secret], header, Body).ShouldBeFalse();

    [Fact]
    public void Without_a_secret_nothing_verifies()
    {
        EasyPostSignature.Verify([], Published, Body).ShouldBeFalse();
        EasyPostSignature.Verify([""], EasyPostSignature.Sign("", Body), Body).ShouldBeFalse();
    }

    [Fact]
    public void Of_ten_thousand_flipped_bits_none_is_accepted() => BitFlips.EachOf(
        10_000, Encoding.ASCII.GetBytes(Published), Body,
        (header, body) => EasyPostSignature.Verify([Secret], Encoding.Latin1.GetString(header), body).ShouldBeFalse());

    private static bool Verify(params string[] secrets) => EasyPostSignature.Verify(secrets, Published, Body);
}
