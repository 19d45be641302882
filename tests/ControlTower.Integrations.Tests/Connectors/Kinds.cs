using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Integrations.Open;

namespace ControlTower.Integrations.Tests.Connectors;

/// <summary>Kinds to register: the open connector, and a vendor that needs a setting of each type.</summary>
internal static class Kinds
{
    private static ConnectorKindInfo Vendor { get; } = new()
    {
        Kind = "vendor",
        Title = "Vendor",
        About = "A vendor.",
        Verified = "not at all",
        Roles = ["billing"],
        HasBaseUrl = false,
        Settings =
        [
            new SettingInfo("account", "Account", SettingType.Text, Required: true),
            new SettingInfo("days", "Days", SettingType.Whole),
            new SettingInfo("live", "Live", SettingType.Flag),
            new SettingInfo("auth", "Sign-in", SettingType.Choice, Choices: ["basic", "oauth"]),
            new SettingInfo("lists", "Lists", SettingType.Texts),
            new SettingInfo("sites", "Sites", SettingType.Map),
        ],
        Credentials = [new CredentialInfo("apiKey", "API key", Required: true), new CredentialInfo("clientSecret", "Client secret")],
    };

    public static ConnectorKinds All { get; } = new(() => [new FakeKind(OpenConnectorKind.Info), new FakeKind(Vendor)]);

    private sealed class FakeKind(ConnectorKindInfo info) : IConnectorKind
    {
        public string Kind => info.Kind;

        public ConnectorKindInfo Describe() => info;

        public IReadOnlyList<SettingError> FindErrors(JsonElement settings, IReadOnlySet<string> credentials) =>
            settings.TryGetProperty("auth", out var auth) && auth.GetString() == "oauth" && !credentials.Contains("clientSecret")
                ? [new SettingError("credentials.clientSecret", "OAuth needs it.")]
                : [];

        public IConnectorChannel Open(ConnectorRecord connector) => throw new NotSupportedException();
    }
}
