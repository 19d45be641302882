namespace ControlTower.Sandbox.Orders;

/// <summary>A region of the order book: two sites, one time zone, in the eastern or the western area.</summary>
/// <param name="Zone">IANA time zone of both sites.</param>
internal sealed record Region(string Name, string Code, string Zone, string Area)
{
    /// <summary>
    /// The regions of the DataCo order lines. West is the Americas and northern Europe: about half of the orders.
    /// </summary>
    private static readonly Dictionary<string, Region> Known = new Region[]
    {
        new("Central America", "CAM", "America/Costa_Rica", "west"),
        new("South America", "SAM", "America/Sao_Paulo", "west"),
        new("Caribbean", "CAR", "America/Santo_Domingo", "west"),
        new("West of USA", "USW", "America/Los_Angeles", "west"),
        new("East of USA", "USE", "America/New_York", "west"),
        new("US Center", "USC", "America/Chicago", "west"),
        new("South of USA", "USS", "America/Chicago", "west"),
        new("Canada", "CAN", "America/Toronto", "west"),
        new("Northern Europe", "NEU", "Europe/London", "west"),
        new("Western Europe", "WEU", "Europe/Paris", "east"),
        new("Southern Europe", "SEU", "Europe/Rome", "east"),
        new("Eastern Europe", "EEU", "Europe/Warsaw", "east"),
        new("North Africa", "NAF", "Africa/Cairo", "east"),
        new("West Africa", "WAF", "Africa/Lagos", "east"),
        new("Central Africa", "CAF", "Africa/Kinshasa", "east"),
        new("East Africa", "EAF", "Africa/Nairobi", "east"),
        new("Southern Africa", "SAF", "Africa/Johannesburg", "east"),
        new("West Asia", "WAS", "Asia/Dubai", "east"),
        new("South Asia", "SAS", "Asia/Kolkata", "east"),
        new("Central Asia", "CAS", "Asia/Almaty", "east"),
        new("Southeast Asia", "SEA", "Asia/Singapore", "east"),
        new("Eastern Asia", "EAS", "Asia/Shanghai", "east"),
        new("Oceania", "OCE", "Australia/Sydney", "east"),
    }.ToDictionary(region => region.Name, StringComparer.Ordinal);

    public string FirstSite => Code + "-1";

    public string SecondSite => Code + "-2";

    /// <summary>
    /// A region by its name, with blanks normalised. One that is not listed gets its name as code, UTC, and the east.
    /// </summary>
    public static Region Named(string name)
    {
        var tidy = string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return Known.GetValueOrDefault(tidy) ?? new Region(tidy, tidy.ToUpperInvariant().Replace(' ', '-'), "Etc/UTC", "east");
    }

    /// <summary>The second site serves the lines of other departments than the first line's.</summary>
    public string SiteFor(string department, string firstDepartment) =>
        string.Equals(department, firstDepartment, StringComparison.Ordinal) ? FirstSite : SecondSite;

    /// <summary>The instant in the region's local time, with its offset.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? TimeZoneInfo.ConvertTime(instant, zone) : instant;
}
