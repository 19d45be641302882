using System.Globalization;
using System.Text.Json;

namespace ControlTower.Integrations.Tryton;

/// <summary>How far a release drives a shipment; the warehouse's people do the rest.</summary>
internal enum Drive
{
    /// <summary>The shipment waits; Tryton's people assign it.</summary>
    Wait,
    Assign,
    Pick,
    Pack,
    Done,
}

/// <summary>What a connector of kind <c>tryton</c> needs besides its address, its role and its password.</summary>
internal sealed record TrytonSettings
{
    /// <summary>Name of the user the tower signs in as.</summary>
    public string User { get; init; } = "";

    /// <summary>Record id of the company.</summary>
    public int Company { get; init; } = 1;

    /// <summary>The legal entity of its orders; the company's id when left out.</summary>
    public string LegalEntity { get; init; } = "1";

    public Drive Drives { get; init; } = Drive.Assign;

    /// <summary>Warnings the tower answers with yes: beginnings of their names.</summary>
    public IReadOnlyList<string> AcceptWarnings { get; init; } = [];

    /// <summary>
    /// Seconds: how far a poll reads back before its watermark, for records committed later than they were stamped. 0
    /// to 3600.
    /// </summary>
    public int OverlapSeconds { get; init; } = 120;

    /// <summary>Records a poll reads of one model at once. 1 to 1000.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Nothing that was last written before is read; null for everything.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether the stage of the tower is written as a note at the sale.</summary>
    public bool StageNotes { get; init; }

    /// <summary>Names of the connectors that own the numbers of orders, shipments and invoices, where more than one system could.</summary>
    public string? Erp { get; init; }

    public string? Wms { get; init; }

    public string? Billing { get; init; }

    /// <summary>Reads the settings; what is wrong is named by its field, all at once.</summary>
    public static TrytonSettings Read(JsonElement settings, Action<string, string> error)
    {
        var read = new SettingsReader(settings, error);
        var company = read.Whole("company", 1, int.MaxValue, 1);
        return new TrytonSettings
        {
            User = read.Text("user") ?? read.Missing("user"),
            Company = company,
            LegalEntity = read.Text("legalEntity") ?? company.ToString(CultureInfo.InvariantCulture),
            Drives = read.Choice("drives", Drive.Assign),
            AcceptWarnings = read.Texts("acceptWarnings"),
            OverlapSeconds = read.Whole("overlapSeconds", 0, 3600, 120),
            PageSize = read.Whole("pageSize", 1, 1000, 100),
            Since = read.Instant("since"),
            StageNotes = read.Flag("stageNotes"),
            Erp = read.Text("erp"),
            Wms = read.Text("wms"),
            Billing = read.Text("billing"),
        };
    }

    /// <summary>Of a registered connector, whose settings were checked then.</summary>
    public static TrytonSettings Read(string settings)
    {
        using var json = JsonDocument.Parse(settings);
        return Read(json.RootElement, static (_, _) => { });
    }
}
