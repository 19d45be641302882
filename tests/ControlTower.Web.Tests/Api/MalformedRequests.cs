using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace ControlTower.Web.Tests.Api;

/// <summary>
/// Generates requests that no client should send, over given routes; the same seed generates the same ones.
/// </summary>
internal sealed partial class MalformedRequests(int seed, IReadOnlyList<ApiRoute> routes)
{
    private static readonly string[] Texts =
    [
        "", " ", "%00", "a%00b", "%", "%zz", "%FF%FE", "-1", "0", "99999999999999999999", "NaN", "1e400", "null", "[]", "{}", "'%3B--",
        "..%2F..", "%C3%BC", "%F0%9F%9A%9A",
        "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59.9999999Z", "2026-13-40", new string('x', 3000), "erp%3ASO-1", "WyIxIl0",
        "WyItMSIsIi0xIl0", "AAAAAAAAAAAAAAAAAAAAAAA",
    ];

    private static readonly string[] Values =
    [
        "null", "[null]", "[[]]", "{}", "[]", "true", "1e400", "-1", "99999999999999999999999999999999", "\"\"", "\" \"", "\"\\u0000\"",
        "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00x\"",
        "[\"\\u0000\"]", "{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"",
        $"\"{new string('x', 5000)}\"", "\"send\"", "\"open\"",
    ];

    /// <summary>Texts that are well formed JSON, whatever they contain.</summary>
    private static readonly string[] JsonTexts = [.. Values.Where(value => value.StartsWith('"'))];

    private static readonly string[] Bodies =
        ["", "{", "null", "[]", "[null]", "1", "\"x\"", "\0", "{\"items\":[null]}", "{\"a\":1,\"a\":2}", new string('[', 200), "\uFEFF{}",
            "a=b&c=%00"];

    private static readonly string[] ContentTypes =
    [
        "application/json; charset=nonsense", "application/json; charset=utf-7", "application/json; charset=utf-16",
        "application/json; charset=\"", "application/json; charset=",
        "text/plain", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=nonsense", "multipart/form-data",
        "multipart/form-data; boundary=", "nonsense",
        "application/cloudevents+json; charset=nonsense", "application/cloudevents-batch+json",
    ];

    private readonly Random _random = new(seed);

    public HttpRequestMessage Next(ApiRoute route)
    {
        var path = Parameter().Replace(route.Path,
            match => _random.Next(3) == 0 ? "1" : match.Value.Contains(":long") ? Pick(["1", "-1", "99999999999999999999"]) : PathText());
        var request = new HttpRequestMessage(new HttpMethod(route.Method), path + Query(route));
        if (route.Method is not ("GET" or "HEAD") || _random.Next(20) == 0)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body(route)));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", _random.Next(4) == 0 ? Pick(ContentTypes) : "application/json");
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }

    /// <summary>Every route several times, in the order of generation.</summary>
    public IEnumerable<HttpRequestMessage> Draw(int timesEach) => Enumerable.Range(0, timesEach).SelectMany(_ => routes).Select(Next);

    private string Query(ApiRoute route)
    {
        var pairs = Enumerable.Range(0, _random.Next(4))
            .Select(_ => $"{Pick(route.Query.Count > 0 && _random.Next(5) > 0 ? route.Query : ["limit", "cursor", "%00"])}={Pick(Texts)}");
        return string.Join('&', pairs) is { Length: > 0 } query ? "?" + query : "";
    }

    /// <summary>
    /// One or two of the body's own members are enough: of many, one is likely to have a wrong type, which is refused
    /// first.
    /// </summary>
    private string Body(ApiRoute route)
    {
        if (route.Fields.Count == 0 || _random.Next(3) == 0)
        {
            return Pick(Bodies);
        }

        var members = Enumerable.Range(0, _random.Next(1, 3))
            .Select(_ => $"\"{Pick(route.Fields)}\":{Pick(_random.Next(2) == 0 ? JsonTexts : Values)}");
        return "{" + string.Join(',', members) + "}";
    }

    /// <summary>Servers refuse a zero character in a path before the tower's code sees it.</summary>
    private string PathText() =>
        Pick(Texts) is { Length: > 0 and < 1000 } text && text.Trim().Length > 0 && text is not ("%" or "%zz") && !text.Contains("%00")
            ? text
            : "x";

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
