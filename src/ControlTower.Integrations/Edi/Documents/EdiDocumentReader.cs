using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Edi.X12;

namespace ControlTower.Integrations.Edi.Documents;

/// <summary>
/// Reads a document's elements and notes by their names (BEG03, W1202) what is missing or no number, so that the
/// exception names the element.
/// </summary>
internal sealed class EdiDocumentReader(TranslateContext context, PartnerProfile profile, EdiEvent @event, X12Loop root)
{
    public TranslateContext Context => context;

    public PartnerProfile Profile => profile;

    public EdiEvent Event => @event;

    public X12Loop Root => root;

    public string Role => context.Connector.Role;

    public X12Line Segment(X12Loop loop, string id)
    {
        if (loop.Find(id) is { } line)
        {
            return line;
        }

        AddError(id, $"Segment {id} is missing.");
        return new X12Line(id, []);
    }

    public string Required(X12Line line, int element)
    {
        if (line.Or(element) is { } text)
        {
            return text;
        }

        AddError(Name(line, element), $"{Name(line, element)} is missing.");
        return "";
    }

    public decimal? Number(X12Line line, int element)
    {
        if (line.Or(element) is not { } text)
        {
            return null;
        }

        if (X12Values.Number(text) is { } number)
        {
            return number;
        }

        AddError(Name(line, element), $"{Name(line, element)} is no number: {text}.");
        return null;
    }

    public decimal RequiredNumber(X12Line line, int element)
    {
        Required(line, element);
        return Number(line, element) ?? 0;
    }

    /// <summary>An amount of implied decimals (N2).</summary>
    public decimal? Cents(X12Line line, int element) => Number(line, element) / 100;

    /// <summary>
    /// A date with its time and the zone it names; without one the partner's zone. A date alone is its end there. Null
    /// without a date.
    /// </summary>
    public DateTimeOffset? At(X12Line? line, int date, int time = 0, int zone = 0)
    {
        if (line?.Or(date) is not { } text)
        {
            return null;
        }

        if (X12Values.Date(text) is not { } day || !EdiTime.IsLikely(day))
        {
            AddError(Name(line, date), $"{Name(line, date)} is no date: {text}.");
            return null;
        }

        if (time == 0 || line.Or(time) is not { } clock)
        {
            return SiteTime.EndOf(day, profile.Zone);
        }

        if (X12Values.Time(clock) is { } at)
        {
            return EdiTime.At(day.ToDateTime(at), zone == 0 ? "" : line[zone], profile.Zone);
        }

        AddError(Name(line, time), $"{Name(line, time)} is no time: {clock}.");
        return null;
    }

    /// <summary>Our number of what a line sells, from pairs of qualifier and id that begin at the element.</summary>
    public string Item(X12Line line, int firstPair)
    {
        foreach (var wanted in profile.ItemQualifiers)
        {
            for (var at = firstPair; at < line.Elements.Count; at += 2)
            {
                if (line[at] == wanted && line.Or(at + 1) is { } item)
                {
                    return item;
                }
            }
        }

        AddError(Name(line, firstPair + 1), $"{line.Id} names no product by one of {string.Join(", ", profile.ItemQualifiers)}.");
        return "";
    }

    /// <summary>The meaning of the code, or null with the exception noted that lets a person map it.</summary>
    public string? Meaning(string scheme, X12Line line, int element)
    {
        var code = Required(line, element);
        if (code.Length == 0)
        {
            return null;
        }

        var meaning = context.Codes.Find(scheme, @event.Version, code);
        if (meaning is null)
        {
            context.Errors.Add(CodeLookup.Refuse(scheme, @event.Version, code, Name(line, element)));
        }

        return meaning;
    }

    public string? Setting(string name, string? value)
    {
        if (value is null)
        {
            AddError($"settings.{name}", $"The partner's profile has no {name}, and the document does not say it.");
        }

        return value;
    }

    public void AddError(string field, string sentence) => context.Errors.Add(field, sentence);

    public static JsonObject References(params ReadOnlySpan<(string Kind, string? Value)> references)
    {
        var json = new JsonObject();
        foreach (var (kind, value) in references)
        {
            if (!string.IsNullOrEmpty(value))
            {
                json[kind] = value;
            }
        }

        return json;
    }

    private static string Name(X12Line line, int element) => $"{line.Id}{element:00}";
}

/// <summary>Times of documents.</summary>
internal static class EdiTime
{
    /// <summary>Zeros and nines are how systems write that there is no date.</summary>
    public static bool IsLikely(DateOnly day) => day.Year is >= 1900 and <= 2200;

    /// <summary>Element 623 where it names an offset; LT and what is not listed is the partner's own zone.</summary>
    public static DateTimeOffset At(DateTime local, string code, TimeZoneInfo zone)
    {
        if (Hours(code) is { } hours)
        {
            return new DateTimeOffset(local, TimeSpan.FromHours(hours));
        }

        var place = Place(code) ?? zone;
        while (place.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, place.GetUtcOffset(local));
    }

    private static double? Hours(string code) => code switch
    {
        "UT" or "GM" => 0,
        "ES" or "CD" => -5,
        "ED" or "TS" => -4,
        "CS" or "MD" => -6,
        "MS" or "PD" => -7,
        "PS" => -8,
        "AD" => -8,
        "AS" => -9,
        "HS" => -10,
        "TD" => -3,
        "NS" => -3.5,
        "ND" => -2.5,
        _ => int.TryParse(code, out var number) && number is >= 1 and <= 24 ? number <= 12 ? number : number - 25 : null,
    };

    /// <summary>Zones whose code does not state whether summer time applies.</summary>
    private static TimeZoneInfo? Place(string code)
    {
        var name = code switch { "ET" => "America/New_York", "CT" =>
            "America/Chicago", "MT" => "America/Denver", "PT" => "America/Los_Angeles", _ => null };
        return name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }

    /// <summary>EDIFACT 2379: 102 CCYYMMDD, 203 CCYYMMDDHHMM, 204 with seconds.</summary>
    public static DateTimeOffset? Edifact(string text, string format, TimeZoneInfo zone)
    {
        if (text.Length < 8 || X12Values.Date(text[..8]) is not { } day || !EdiTime.IsLikely(day))
        {
            return null;
        }

        return format switch
        {
            "102" => SiteTime.EndOf(day, zone),
            "203" when text.Length == 12 && X12Values.Time(text[8..]) is { } time => At(day.ToDateTime(time), "", zone),
            "204" when text.Length == 14 && X12Values.Time(text[8..]) is { } time => At(day.ToDateTime(time), "", zone),
            _ => null,
        };
    }
}
