using System.Text;
using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;

namespace ControlTower.Integrations.Http.Authentication;

/// <summary>
/// The settings and credentials by which any kind over HTTP authenticates; a kind that lets its user choose adds these
/// to its own.
/// </summary>
internal static class AuthenticationSettings
{
    public const string None = "none";
    public const string Basic = "basic";
    public const string ApiKey = "apiKey";
    public const string OAuth = "oauth2";

    public static IReadOnlyList<SettingInfo> Settings { get; } =
    [
        new("auth", "Sign-in", SettingType.Choice, Help: "How the tower proves who it is.", Choices: [None, Basic, ApiKey, OAuth],
            Default: None),
        new("userName", "User name", SettingType.Text, Help: "For basic."),
        new("apiKeyHeader", "Header of the API key", SettingType.Text, Default: "X-API-Key"),
        new("tokenUrl", "Token address", SettingType.Text, Help: "For OAuth 2: https://id.example/oauth/token"),
        new("clientId", "Client id", SettingType.Text, Help: "For OAuth 2."),
        new("scope", "Scope", SettingType.Text, Help: "For OAuth 2, where it requires one."),
        new("audience", "Audience", SettingType.Text, Help: "For OAuth 2, where it requires one."),
        new("clientIn", "Client id and secret in", SettingType.Choice, Choices: ["header", "body"], Default: "header"),
    ];

    public static IReadOnlyList<CredentialInfo> Credentials { get; } =
    [
        new("password", "Password", Help: "For basic."),
        new("apiKey", "API key", Help: "For an API key."),
        new("clientSecret", "Client secret", Help: "For OAuth 2."),
        new("certificate", "Client certificate", Help: "For mutual TLS: PEM with its key, or PKCS#12 in base64.", LongText: true),
        new("certificatePassword", "Password of the certificate"),
    ];

    /// <summary>What is needed together.</summary>
    public static IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials)
    {
        var auth = Text(settings, "auth") ?? None;
        var errors = new List<SettingError>();
        Need(auth == Basic && Text(settings, "userName") is null, "settings.userName", "Basic needs it.");
        Need(auth == Basic && !credentials.Contains("password"), "credentials.password", "Basic needs it.");
        Need(auth == ApiKey && !credentials.Contains("apiKey"), "credentials.apiKey", "The API key is missing.");
        Need(auth == OAuth && Text(settings, "clientId") is null, "settings.clientId", "OAuth 2 needs it.");
        Need(auth == OAuth && !credentials.Contains("clientSecret"), "credentials.clientSecret", "OAuth 2 needs it.");
        Need(auth == OAuth && TokenUrl(settings) is null, "settings.tokenUrl", "OAuth 2 needs an absolute http or https address.");
        return errors;

        void Need(bool isMissing, string field, string sentence)
        {
            if (isMissing)
            {
                errors.Add(new SettingError(field, sentence));
            }
        }
    }

    /// <summary>The authentication of the settings, over this connector's client.</summary>
    public static AuthenticatedHttp Open(ConnectorHttp http, JsonElement settings, ConnectorCredentials credentials, TimeProvider time) =>
        new(http, SignInOf(http, settings, credentials, time), credentials.Find("certificate") is { } certificate
            ? () => ClientCertificate.Read(certificate, credentials.Find("certificatePassword"))
            : null);

    private static IRequestAuthentication SignInOf(
        ConnectorHttp http, JsonElement settings, ConnectorCredentials credentials, TimeProvider time) =>
        (Text(settings, "auth") ?? None) switch
    {
        Basic => new HeaderAuthentication("Authorization",
            Valid(credentials, time, "password", password =>
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Text(settings, "userName")}:{password}")))),
        ApiKey => new HeaderAuthentication(Text(settings, "apiKeyHeader") ?? "X-API-Key", Valid(credentials, time, "apiKey", key => key)),
        OAuth => new OAuthAuthentication(
            http,
            new OAuthClient(TokenUrl(settings)!, Text(settings, "clientId")!, Text(settings, "scope"), Text(settings, "audience"),
                Text(settings, "clientIn") == "body"),
            Valid(credentials, time, "clientSecret", secret => secret),
            time),
        _ => new NoAuthentication(),
    };

    /// <summary>The valid secrets now: the current one and, while both are valid, the previous one.</summary>
    private static Func<IReadOnlyList<string>> Valid(
        ConnectorCredentials credentials, TimeProvider time, string name, Func<string, string> form) =>
        () => [.. credentials.Accepted(name, time.GetUtcNow()).Select(form)];

    private static Uri? TokenUrl(JsonElement settings) =>
        Uri.TryCreate(Text(settings, "tokenUrl"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url.UserInfo.Length == 0 ? url : null;

    private static string? Text(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
