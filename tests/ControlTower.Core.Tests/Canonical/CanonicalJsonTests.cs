using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Facts;

namespace ControlTower.Core.Tests.Canonical;

/// <summary>Hashes are kept for as long as their events: what an event hashed to yesterday it hashes to for ever.</summary>
public class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": { "d": [ { "z": 1, "y": 2 } ], "c": "x" } }""", """{"a":{"c":"x","d":[{"y":2,"z":1}]},"b":1}""")]
    [InlineData("""{"b":null,"a":[null,{"c":null}]}""", """{"a":[null,{}]}""")]
    [InlineData("""{"a":12.50,"b":1.25e1,"c":-3.0,"d":0,"e":0.10,"f":100}""", """{"a":12.5,"b":12.5,"c":-3,"d":0,"e":0.1,"f":100}""")]
    [InlineData("""{"a":123456789012345678901234567890,"b":1e400}""", """{"a":123456789012345678901234567890,"b":1e400}""")]
    [InlineData("""{"a":2,"b":1,"a":1}""", """{"a":2,"a":1,"b":1}""")]
    [InlineData("""{"\u0062":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":true,"b":false,"c":"","A":"\u0041"}""", """{"A":"A","a":true,"b":false,"c":""}""")]
    [InlineData("""{"é":1,"z":2}""", """{"z":2,"\u00E9":1}""")]
    [InlineData("""{"\uFF5E":1,"\uD83D\uDE00":2}""", """{"\uD83D\uDE00":2,"\uFF5E":1}""")]
    [InlineData("""{"～":1,"😀":2}""", """{"\uD83D\uDE00":2,"\uFF5E":1}""")]
    [InlineData("""{"a'b":1,"a+b":2}""", """{"a\u0027b":1,"a\u002Bb":2}""")]
    public void The_same_content_has_one_form(string sent, string form) =>
        Hash(sent).ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(form)));

    [Fact]
    public void The_trace_does_not_count_as_content() =>
        CanonicalJson.Hash(Json("""{"b":1,"traceparent":"00-1","a":2,"data":{"traceparent":"kept"}}"""), "traceparent", "tracestate")
            .ShouldBe(Hash("""{"a":2,"b":1,"data":{"traceparent":"kept"}}"""));

    [Fact]
    public void What_is_written_is_what_is_hashed()
    {
        const string Sent = """{ "b": [1.50, null], "a": { "d": 1e2, "c": "é" }, "x": 0.10000000000000000000000000000 }""";

        var text = CanonicalJson.Write(Encoding.UTF8.GetBytes(Sent));

        Encoding.UTF8.GetString(text).ShouldBe("""{"a":{"c":"\u00E9","d":100},"b":[1.5,null],"x":0.10000000000000000000000000000}""");
        Hash(Sent).ShouldBe(SHA256.HashData(text));
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    [InlineData("null", "null")]
    [InlineData(""" { "a" : { } , "b" : [ ] , "c" : [ [ ] , { } ] } """, """{"a":{},"b":[],"c":[[],{}]}""")]
    [InlineData("""{"a":{"b":{"d":null,"c":[{"f":1,"e":0}]}}}""", """{"a":{"b":{"c":[{"e":0,"f":1}]}}}""")]
    [InlineData("""{"aa":1,"a":2,"b":3,"":4}""", """{"":4,"a":2,"aa":1,"b":3}""")]
    [InlineData("""{"a":"1\/2\t\u000a\"\\<é"}""", """{"a":"1/2\t\n\u0022\\\u003C\u00E9"}""")]
    [InlineData("[0,0.0,0e5,10,1000,1E3,1.0e-2]", "[0,0,0,10,1000,1000,0.01]")]
    [InlineData("[-1.50,-10,-0.5]", "[-1.5,-10,-0.5]")]
    [InlineData("[0.00001,1e-5]", "[1E-05,1E-05]")]
    [InlineData("[1234567890123456789012345678,0.10000000000000000000000000]", "[1234567890123456789012345678,0.1]")]
    [InlineData("[12345678901234567890123456789]", "[12345678901234567890123456789]")]
    [InlineData("[0.100000000000000000000000000]", "[0.100000000000000000000000000]")]
    public void Each_value_is_written_as_these_bytes(string sent, string form) =>
        Encoding.UTF8.GetString(CanonicalJson.Write(Encoding.UTF8.GetBytes(sent))).ShouldBe(form);

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    public void Of_a_name_given_twice_both_values_stay_in_their_order(int count)
    {
        var members = Enumerable.Range(0, count - 2).Select(i => $"\"n{i:00}\":0").ToList();

        Encoding.UTF8.GetString(CanonicalJson.Write(Encoding.UTF8.GetBytes($$"""{"z":2,"z":1,{{string.Join(',', members)}}}""")))
            .ShouldBe($$"""{{{string.Join(',', members)}},"z":2,"z":1}""");
    }

    [Fact]
    public void Thousands_of_members_have_one_form_too()
    {
        var members = Enumerable.Range(0, 5000).Select(i => $"\"m{i:0000}\":{i + 1}").ToList();

        Hash($"{{{string.Join(',', members.AsEnumerable().Reverse())}}}").ShouldBe(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}")));
    }

    private static byte[] Hash(string json) => CanonicalJson.Hash(Json(json));

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
