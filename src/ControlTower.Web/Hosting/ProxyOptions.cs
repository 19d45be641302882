using System.Net;

namespace ControlTower.Web.Hosting;

/// <summary>Section <c>Proxies</c>.</summary>
internal sealed record ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are taken.</summary>
    /// <value>addresses and networks, <c>;</c> between them: <c>10.0.0.5;10.1.0.0/16</c></value>
    public string? Known { get; init; }

    internal IEnumerable<System.Net.IPNetwork> Networks => Entries.Select(entry => Parse(entry)!.Value);

    private string[] Entries => (Known ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Entries that are neither an address nor a network.</summary>
    internal IEnumerable<string> FindErrors() =>
        from entry in Entries
        where Parse(entry) is null
        select $"{Section}:Known: '{entry}' is neither an address nor a network; "
            + "write 10.0.0.5 or 10.1.0.0/16, with semicolons between several.";

    private static System.Net.IPNetwork? Parse(string entry) =>
        IPAddress.TryParse(entry, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : System.Net.IPNetwork.TryParse(entry, out var network) ? network
        : null;
}
