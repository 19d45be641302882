using System.Globalization;
using System.Net;
using System.Text;

namespace ControlTower.Integrations.Stripe;

/// <summary>A form body as Stripe reads it: <c>metadata[order]=…</c>. The same fields in the same order give the same bytes.</summary>
internal sealed class StripeForm
{
    public const string ContentType = "application/x-www-form-urlencoded";
    private readonly StringBuilder _fields = new();

    public StripeForm Add(string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            _fields.Append(_fields.Length == 0 ? "" : "&").Append(WebUtility.UrlEncode(name)).Append('=')
                .Append(WebUtility.UrlEncode(value));
        }

        return this;
    }

    public StripeForm Add(string name, bool value) => Add(name, value ? "true" : "false");

    public StripeForm Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public StripeForm Metadata(string name, string? value) =>
        Add($"metadata[{name}]", value is { Length: > StripeKeys.LongestMetadata } ? value[..StripeKeys.LongestMetadata] : value);

    public byte[] ToBytes() => Encoding.ASCII.GetBytes(_fields.ToString());
}
