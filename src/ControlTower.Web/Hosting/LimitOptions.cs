using System.ComponentModel.DataAnnotations;

namespace ControlTower.Web.Hosting;

/// <summary>Section <c>Limits</c>.</summary>
internal sealed record LimitOptions
{
    public const string Section = "Limits";

    /// <summary>
    /// Sign-in attempts from one address, however the sign-in's path is written; beyond it 429. An account locks after
    /// five wrong passwords for five minutes in any case.
    /// </summary>
    [Range(1, 10_000)]
    public int SignInsPerMinute { get; init; } = 30;
}
