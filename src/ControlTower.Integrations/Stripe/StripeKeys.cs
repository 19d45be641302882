using System.Globalization;
using ControlTower.Core.Kernel;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// What Stripe knows a command by: the Idempotency-Key of each of its requests (at most 255 characters, kept for at
/// least 24 hours) and the metadata by which it is found for ever. Both are made of the command's key alone.
/// </summary>
internal sealed class StripeKeys(string prefix, string commandKey)
{
    /// <summary>Metadata of invoices and of their lines.</summary>
    public const string Command = "tower_command", Key = "tower_key", Order = "tower_order", Shipment = "tower_shipment",
        Line = "tower_line", Quantity = "tower_quantity";

    /// <summary>Metadata holds 500 characters at most.</summary>
    public const int LongestMetadata = 500;

    /// <summary>The command in letters that a search query carries as they are.</summary>
    public string Digest { get; } = Short($"{prefix}\0{commandKey}");

    public string CommandKey => commandKey;

    /// <param name="step">Which of the command's requests.</param>
    /// <param name="generation">1, and more after Stripe kept a failure of its own with the key that had no effect.</param>
    public string For(string step, int generation) =>
        $"tower-{Digest}-{step}{(generation == 1 ? "" : "-" + generation.ToString(CultureInfo.InvariantCulture))}";

    public static string Short(string text) => Core.Kernel.Digest.Hex(text)[..32];
}
