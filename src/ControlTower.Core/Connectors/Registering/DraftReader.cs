using System.Text.Json;
using ControlTower.Core.Canonical;
using ControlTower.Core.Persistence;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>Reads the body of <c>PUT /api/v1/connectors/{name}</c> (open connector, "Registering").</summary>
internal static class DraftReader
{
    private const int MostPerSecond = 100_000;
    private const int MostConcurrency = 1_000;
    private const int LongestPollSeconds = 86_400;
    private const int LongestSecret = 200;

    /// <summary>Milestones that a registered connector may report; the tower's own are not among them.</summary>
    private static readonly HashSet<string> Reportable =
        Milestones.All.Where(milestone => Milestones.OwnersOf(milestone).Any(Roles.Registrable.Contains)).ToHashSet(StringComparer.Ordinal);

    /// <returns>What could be read; it counts only while <paramref name="faults"/> stay empty. Null when the body is no object.</returns>
    public static ConnectorDraft? Read(JsonElement body, bool isNew, IReadOnlyCollection<string> kinds, FieldFaults faults)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            faults.Add("", "The body must be a JSON object.");
            return null;
        }

        var fields = new FieldReader(body, faults);
        var rate = fields.Inner("rate");
        var role = OneOf("role", fields.RequiredText("role", Lengths.Code), Roles.Registrable, faults);
        return new ConnectorDraft
        {
            Kind = OneOf("kind", fields.RequiredText("kind", Lengths.Code), kinds, faults),
            Role = role,
            BaseUrl = fields.RequiredText("baseUrl", Lengths.Sentence) ?? "",
            Sites = fields.Texts("sites", Lengths.BusinessKey) ?? [],
            LegalEntities = fields.Texts("legalEntities", Lengths.Code) ?? [],
            Reports = Reports(fields, role, faults),
            InboundKey = Secret("inboundSecret", fields, isNew, faults),
            OutboundKey = Secret("outboundSecret", fields, isNew, faults),
            Poll = fields.Flag("poll", otherwise: false),
            PollSeconds = fields.Whole("pollSeconds", 1, LongestPollSeconds) ?? 15,
            RatePerSecond = rate?.Whole("perSecond", 1, MostPerSecond),
            Concurrency = rate?.Whole("concurrency", 1, MostConcurrency),
            InboundPerSecond = fields.Whole("inboundPerSecond", 1, MostPerSecond),
        };
    }

    /// <summary>The faults of a connector's name: a URL segment, and the first part of a transaction's key.</summary>
    public static void CheckName(string name, FieldFaults faults)
    {
        if (name.Length is 0 or > Lengths.Connector || !char.IsAsciiLetterOrDigit(name[0])
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            faults.Add("name", $"It must begin with a letter or digit and hold 1 to {Lengths.Connector} of a-z, A-Z, 0-9, '-', '_' and '.'.");
        }

        if (name is Roles.Tower or Roles.People)
        {
            faults.Add("name", $"{name} is the tower's own.");
        }
    }

    private static string OneOf(string field, string? value, IReadOnlyCollection<string> known, FieldFaults faults)
    {
        if (value is not null && !known.Contains(value))
        {
            faults.Add(field, $"It must be one of {string.Join(", ", known)}.");
        }

        return value ?? "";
    }

    private static IReadOnlyList<string> Reports(FieldReader fields, string role, FieldFaults faults)
    {
        if (fields.Texts("reports", Lengths.Code) is not { } reports)
        {
            return Milestones.OwnedBy(role);
        }

        if (reports.Where(milestone => !Reportable.Contains(milestone)).ToList() is { Count: > 0 } unknown)
        {
            faults.Add("reports", $"There is no milestone {string.Join(", ", unknown)}.");
        }

        return reports;
    }

    private static byte[]? Secret(string name, FieldReader fields, bool isRequired, FieldFaults faults)
    {
        var text = isRequired ? fields.RequiredText(name, LongestSecret) : fields.Text(name, LongestSecret);
        if (text is null)
        {
            return null;
        }

        if (!WebhookSecret.TryParse(text, out var key))
        {
            faults.Add(name, $"It must be {WebhookSecret.Prefix} and {WebhookSecret.MinimumBytes} to {WebhookSecret.MaximumBytes} bytes in base64.");
        }

        return key;
    }
}
