using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Web.Features.Connectors.Register;

/// <summary>What was entered, as texts; becomes the body of <c>PUT /api/v1/connectors/{name}</c>, whose checks are the only ones.</summary>
public sealed class ConnectorForm
{
    private const string CredentialPrefix = "credentials.";

    /// <summary>Entered for a connector that no command goes to.</summary>
    private const string Nothing = "none";

    private readonly IReadOnlyList<string>? _reports;
    private readonly int? _inboundPerSecond;

    private ConnectorForm(ConnectorKindInfo kind, ConnectorAnswer? existing)
    {
        Kind = kind;
        Role = existing?.Role ?? kind.Roles[0];
        Name = existing?.Name ?? "";
        BaseUrl = existing?.BaseUrl ?? "";
        Sites = string.Join(", ", existing?.Sites ?? []);
        LegalEntities = string.Join(", ", existing?.LegalEntities ?? []);
        Takes = existing is null || CommandKinds.OfRole(existing.Role).SequenceEqual(existing.Takes)
            ? ""
            : existing.Takes.Count == 0 ? Nothing : string.Join(", ", existing.Takes);
        Poll = existing?.Poll ?? (kind.Polls && !kind.Webhooks && !kind.Signs);
        PollSeconds = existing?.PollSeconds ?? 15;
        PerSecond = existing?.Rate.PerSecond;
        Concurrency = existing?.Rate.Concurrency;
        (_reports, _inboundPerSecond) = (existing?.Reports, existing?.InboundPerSecond);
        Secrets = [.. SecretsOf(kind, existing)];
        foreach (var setting in existing?.Settings.EnumerateObject().ToList() ?? [])
        {
            Settings[setting.Name] = SettingText.From(setting.Value);
        }
    }

    public ConnectorKindInfo Kind { get; }

    public string Name { get; set; }

    public string Role { get; set; }

    public string BaseUrl { get; set; }

    public string Sites { get; set; }

    public string LegalEntities { get; set; }

    /// <summary>Command kinds; empty for every one of the role.</summary>
    public string Takes { get; set; }

    public bool Poll { get; set; }

    public int PollSeconds { get; set; }

    public int? PerSecond { get; set; }

    public int? Concurrency { get; set; }

    /// <summary>By name; empty where nothing was entered.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public IReadOnlyList<FormSecret> Secrets { get; }

    /// <summary>By field, as the API names it.</summary>
    public Dictionary<string, string> Errors { get; } = [];

    public static ConnectorForm New(ConnectorKindInfo kind) => new(kind, null);

    public static ConnectorForm From(ConnectorKindInfo kind, ConnectorAnswer existing) => new(kind, existing);

    public void Take(IReadOnlyDictionary<string, string[]>? errors)
    {
        Errors.Clear();
        var shown = Kind.Settings.Select(s => $"settings.{s.Name}").Concat(Secrets.Select(s => s.Field))
            .Concat(["name", "role", "baseUrl", "sites", "legalEntities", "takes", "poll", "rate.perSecond", "rate.concurrency"])
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (field, sentences) in errors ?? new Dictionary<string, string[]>())
        {
            var (at, said) = shown.Contains(field) ? (field, string.Join(' ', sentences)) : ("", $"{field}: {string.Join(' ', sentences)}");
            Errors[at] = Errors.TryGetValue(at, out var more) ? $"{more} {said}" : said;
        }
    }

    /// <summary>The body, or null with the error noted where a text is no JSON.</summary>
    public JsonElement? ToBody()
    {
        Errors.Clear();
        var body = new JsonObject
        {
            ["kind"] = Kind.Kind,
            ["role"] = Role,
            ["sites"] = List(Sites),
            ["legalEntities"] = List(LegalEntities),
            ["poll"] = Poll && Kind.Polls,
            ["pollSeconds"] = PollSeconds,
            ["rate"] = new JsonObject { ["perSecond"] = PerSecond, ["concurrency"] = Concurrency },
            ["inboundPerSecond"] = _inboundPerSecond,
            ["settings"] = SettingsBody(),
            ["credentials"] = CredentialsBody(),
        };
        if (Kind.HasBaseUrl)
        {
            body["baseUrl"] = BaseUrl.Trim();
        }

        if (Kind.Sends && Takes.Trim() is { Length: > 0 } takes)
        {
            body["takes"] = takes == Nothing ? [] : List(takes);
        }

        if (_reports is not null)
        {
            body["reports"] = new JsonArray([.. _reports.Select(r => (JsonNode?)r)]);
        }

        foreach (var secret in Secrets.Where(s => s.Value.Length > 0 && !s.Field.StartsWith(CredentialPrefix, StringComparison.Ordinal)))
        {
            body[secret.Field] = secret.Value.Trim();
        }

        return Errors.Count > 0 ? null : JsonSerializer.SerializeToElement(body);
    }

    private JsonObject SettingsBody()
    {
        var settings = new JsonObject();
        foreach (var setting in Kind.Settings)
        {
            if (Settings.GetValueOrDefault(setting.Name) is not { Length: > 0 } text)
            {
                continue;
            }

            try
            {
                settings[setting.Name] = SettingText.Read(setting.Type, text);
            }
            catch (Exception error) when (error is JsonException or FormatException)
            {
                Errors[$"settings.{setting.Name}"] = error.Message;
            }
        }

        return settings;
    }

    private JsonObject CredentialsBody()
    {
        var credentials = new JsonObject();
        foreach (var secret in Secrets.Where(s => s.Value.Length > 0 && s.Field.StartsWith(CredentialPrefix, StringComparison.Ordinal)))
        {
            credentials[secret.Field[CredentialPrefix.Length..]] = secret.Value;
        }

        return credentials;
    }

    private static IEnumerable<FormSecret> SecretsOf(ConnectorKindInfo kind, ConnectorAnswer? existing)
    {
        if (kind.Signs)
        {
            yield return new("inboundSecret", "Inbound secret", "It signs the facts that come in.", existing is null, false,
                existing is not null, CanBeMade: true);
            yield return new("outboundSecret", "Outbound secret", "We sign what goes out.", existing is null, false, existing is not null,
                CanBeMade: true);
        }

        foreach (var credential in kind.Credentials)
        {
            var stands = existing?.Credentials.Contains(credential.Name) == true;
            yield return new(CredentialPrefix + credential.Name, credential.Label, credential.Help, credential.Required && !stands,
                credential.LongText, stands, CanBeMade: false);
        }
    }

    private static JsonArray List(string text) =>
        new([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(item => (JsonNode?)item)]);
}
