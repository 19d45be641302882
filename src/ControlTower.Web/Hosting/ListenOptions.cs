namespace ControlTower.Web.Hosting;

/// <summary>The root of the configuration: ASP.NET Core's own key.</summary>
internal sealed record ListenOptions
{
    public const string Section = "";

    /// <summary>Where pages and API are served. Behind a proxy that ends TLS, keep it on an inner address.</summary>
    /// <value>http or https addresses, <c>;</c> between them</value>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    internal IEnumerable<string> Addresses => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal IEnumerable<string> FindErrors() =>
        from url in Addresses
        let error = FindError(url)
        where error is not null
        select $"Urls: '{url}' {error}; write it as http://127.0.0.1:5080.";

    private static string? FindError(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is not ("http" or "https") ? "is neither http nor https"
                : address.PathBase.Length > 0 ? "has a path"
                : address.Port is < 0 or > 65535 ? "has a port that does not exist"
                : null;
        }
        catch (FormatException)
        {
            return "is not an address to listen on";
        }
    }
}
