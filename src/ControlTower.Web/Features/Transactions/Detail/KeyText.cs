namespace ControlTower.Web.Features.Transactions.Detail;

/// <summary>A transaction's key in an address.</summary>
internal static class KeyText
{
    /// <summary>The address of its page; a number may hold a slash or a blank.</summary>
    public static string Address(string key) => $"/transactions/{Uri.EscapeDataString(key)}";

    /// <summary>
    /// The key of a route's part: the server leaves an escaped slash as it is, so that it does not split the path.
    /// </summary>
    public static string Read(string part) => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
