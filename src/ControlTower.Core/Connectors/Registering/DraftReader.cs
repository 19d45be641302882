using System.Text.Json;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>Reads the body of <c>PUT /api/v1/connectors/{name}</c> (open connector, "Registering").</summary>
internal static class DraftReader
{
    private const int MostPerSecond = 100_000;
    private const int MostConcurrency = 1_000;
    private const int LongestPollSeconds = 86_400;
    private const int LongestSecret = 200;
    private const int LongestSettings = 64 * 1024;

    /// <summary>A certificate with its key and chain.</summary>
    private const int LongestCredential = 32 * 1024;

    /// <summary>Milestones that a registered connector may report; the tower's own are not among them.</summary>
    private static readonly HashSet<string> Reportable =
        Milestones.All.Where(milestone => Milestones.OwnersOf(milestone).Any(Roles.Registrable.Contains)).ToHashSet(StringComparer.Ordinal);

    /// <returns>What could be read; it counts only while <paramref name="errors"/> stay empty. Null when the body is no object.</returns>
    public static ConnectorDraft? Read(JsonElement body, DraftContext existing, ConnectorKinds kinds, FieldErrors errors)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            errors.Add("", "The body must be a JSON object.");
            return null;
        }

        var fields = new FieldReader(body, "", errors);
        var rate = fields["rate"].Inner();
        var name = OneOf("kind", fields["kind"].RequiredBoundedText(Lengths.Code), kinds.Names, errors);
        var kind = kinds.Find(name);
        var info = kind?.Describe();
        var role = OneOf("role", fields["role"].RequiredBoundedText(Lengths.Code), info?.Roles ?? Roles.Registrable, errors);
        var needsSecrets = info is { Signs: true } or null && !existing.HasSecrets;
        var draft = new ConnectorDraft
        {
            Kind = name,
            Role = role,
            BaseUrl = BaseUrl(fields, info) ?? "",
            Sites = fields["sites"].BoundedTexts(Lengths.BusinessKey) ?? [],
            LegalEntities = fields["legalEntities"].BoundedTexts(Lengths.Code) ?? [],
            Reports = Reports(fields, role, errors),
            Takes = Takes(fields, role, info, errors),
            InboundKey = Secret("inboundSecret", fields, needsSecrets, errors),
            OutboundKey = Secret("outboundSecret", fields, needsSecrets, errors),
            Poll = fields["poll"].FlagOrFalse(),
            PollSeconds = fields["pollSeconds"].Whole(1, LongestPollSeconds) ?? 15,
            RatePerSecond = rate?["perSecond"].Whole(1, MostPerSecond),
            Concurrency = rate?["concurrency"].Whole(1, MostConcurrency),
            InboundPerSecond = fields["inboundPerSecond"].Whole(1, MostPerSecond),
            Settings = fields["settings"].Json(LongestSettings) ?? "{}",
            Credentials = fields["credentials"].Secrets(LongestCredential) ?? new Dictionary<string, string?>(),
        };
        CheckKind(draft, kind, existing, errors);
        return draft;
    }

    private static string? BaseUrl(FieldReader fields, ConnectorKindInfo? info) =>
        info is { HasBaseUrl: false }
            ? fields["baseUrl"].BoundedText(Lengths.Sentence)
            : fields["baseUrl"].RequiredBoundedText(Lengths.Sentence);

    private static void CheckKind(ConnectorDraft draft, IConnectorKind? kind, DraftContext existing, FieldErrors errors)
    {
        if (kind is null)
        {
            return;
        }

        var info = kind.Describe();
        if (existing.Kind is { } was && was != kind.Kind)
        {
            errors.Add("kind", $"It is registered as {was}; register another connector for {info.Title}.");
        }

        if (draft.Poll && !info.Polls)
        {
            errors.Add("poll", $"{info.Title} cannot be polled.");
        }

        var credentials = existing.Credentials.Except(draft.Credentials.Where(c => c.Value is null).Select(c => c.Key))
            .Union(draft.Credentials.Where(c => c.Value is not null).Select(c => c.Key)).ToHashSet(StringComparer.Ordinal);
        using var settings = JsonDocument.Parse(draft.Settings);
        foreach (var error in SettingsCheck.FindErrors(kind, settings.RootElement, credentials))
        {
            errors.Add(error.Field, error.Sentence);
        }
    }

    /// <summary>The errors of a connector's name: a URL segment, and the first part of a transaction's key.</summary>
    public static void CheckName(string name, FieldErrors errors)
    {
        if (name.Length is 0 or > Lengths.Connector || !char.IsAsciiLetterOrDigit(name[0])
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            errors.Add(
                "name", $"It must begin with a letter or digit and hold 1 to {Lengths.Connector} of a-z, A-Z, 0-9, '-', '_' and '.'.");
        }

        if (name is Roles.Tower or Roles.People or "new")
        {
            errors.Add("name", $"{name} is the tower's own.");
        }
    }

    private static string OneOf(string field, string? value, IReadOnlyCollection<string> known, FieldErrors errors)
    {
        if (value is not null && !known.Contains(value))
        {
            errors.Add(field, $"It must be one of {string.Join(", ", known)}.");
        }

        return value ?? "";
    }

    private static IReadOnlyList<string> Reports(FieldReader fields, string role, FieldErrors errors)
    {
        if (fields["reports"].BoundedTexts(Lengths.Code) is not { } reports)
        {
            return Milestones.OwnedBy(role);
        }

        if (reports.Where(milestone => !Reportable.Contains(milestone)).ToList() is { Count: > 0 } unknown)
        {
            errors.Add("reports", $"There is no milestone {string.Join(", ", unknown)}.");
        }

        return reports;
    }

    private static IReadOnlyList<string>? Takes(FieldReader fields, string role, ConnectorKindInfo? info, FieldErrors errors)
    {
        if (fields["takes"].BoundedTexts(Lengths.Code) is not { } takes)
        {
            return null;
        }

        var known = CommandKinds.OfRole(role);
        if (takes.Where(kind => !known.Contains(kind)).ToList() is { Count: > 0 } unknown && !errors.Has("role"))
        {
            errors.Add("takes", $"{string.Join(", ", unknown)} {(unknown.Count == 1 ? "is no command" : "are no commands")} of role {role}"
                + (known.Count == 0 ? "; it has none." : $": choose from {string.Join(", ", known)}."));
        }
        else if (takes.Count > 0 && info is { Sends: false })
        {
            errors.Add("takes", $"No command can be sent to {info.Title}.");
        }

        return takes;
    }

    private static byte[]? Secret(string name, FieldReader fields, bool isRequired, FieldErrors errors)
    {
        var text = isRequired ? fields[name].RequiredBoundedText(LongestSecret) : fields[name].BoundedText(LongestSecret);
        if (text is null)
        {
            return null;
        }

        if (!WebhookSecret.TryParse(text, out var key))
        {
            errors.Add(name,
                $"It must be {WebhookSecret.Prefix} and {WebhookSecret.MinimumBytes} to {WebhookSecret.MaximumBytes} bytes in base64.");
        }

        return key;
    }
}
