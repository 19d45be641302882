using System.Globalization;

namespace ControlTower.Web.Features.Connectors.Detail;

/// <summary>Numbers with their word.</summary>
internal static class Words
{
    public static string Count(int count, string one) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {one}{(count == 1 ? "" : "s")}";
}
