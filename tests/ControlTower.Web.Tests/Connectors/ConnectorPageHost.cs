using Bunit;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Web.Features.Connectors.Detail;
using ControlTower.Web.Features.Connectors;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Identity;
using ControlTower.Web.Live;
using ControlTower.Web.Shared.Kit;
using ControlTower.Web.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using NSubstitute;
using System.Text.Json;

namespace ControlTower.Web.Tests.Connectors;

/// <summary>A test context for the pages of one connector, with a substitute for their services.</summary>
internal sealed class ConnectorPageHost : BunitContext
{
    public ConnectorPageHost(string role = TowerRoles.IntegrationOperator)
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddKit();
        Services.AddSingleton<ICurrentActor>(new SignedIn(new Actor(1, "somebody", Actor.Person, [role], [], [], null)));
        Services.AddSingleton(Desk);
        Services.AddTimes();
        Services.AddSingleton<LiveFeed>();
        Desk.Kinds.Returns([Vendor]);
        Desk.HoursAsync(default!, default).ReturnsForAnyArgs(Hours);
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", true));
    }

    public IConnectorDesk Desk { get; } = Substitute.For<IConnectorDesk>();

    public IReadOnlyList<string> Said =>
        [.. Services.GetRequiredService<ISnackbar>().ShownSnackbars.Select(toast => toast.Message ?? "")];

    public static ConnectorKindInfo Vendor { get; } = new()
    {
        Kind = "parcels",
        Title = "Parcels",
        About = "A carrier's trackers.",
        Verified = "verified against recorded bodies only",
        Roles = ["carrier"],
        BaseUrlHelp = "https://api.parcels.example",
        Polls = true,
        Webhooks = true,
        Settings =
        [
            new SettingInfo("account", "Account", SettingType.Text, Required: true, Help: "Its number there."),
            new SettingInfo("sites", "Sites", SettingType.Map),
            new SettingInfo("live", "Live", SettingType.Flag),
            new SettingInfo("mode", "Mode", SettingType.Choice, Choices: ["test", "live"], Default: "test"),
        ],
        Credentials = [new CredentialInfo("apiKey", "API key", Required: true), new CredentialInfo("signing", "Signing secret")],
        Schemes = [new CodeSchemeInfo("parcels.status", "Status", ["shipment.delivered", "shipment.picked-up"])],
    };

    public static ConnectorAnswer Connector { get; } = new(
        "parcels-1", "parcels", "carrier", "https://api.parcels.example", [], [], ["shipment.delivered"], true, 60,
        new ConnectorRate(10, null), null,
        ConnectorHealth.Degraded, false, null, 0, null, null, "It answered 503.", DateTimeOffset.UnixEpoch, null, null,
        """{"trackers":"2026-11-20T10:00:00Z"}""",
        JsonElement.Parse("""{"account":"A-1","sites":{"1":"WH1"}}"""), ["apiKey"]);

    public static ConnectorDetail Detail { get; } = new(
        Connector, Vendor, ConnectorPressure.None("parcels-1"), 50, 3, DateTimeOffset.UnixEpoch, 2,
        [new WaitingCode("parcels.status", "2", "beamed", 12, DateTimeOffset.UnixEpoch, 77)],
        [
            new CodeEntry("parcels", null, "parcels.status", "2", "there", "shipment.delivered", IsSeed: true),
            new CodeEntry("parcels", "parcels-1", "parcels.status", "2", "gone", CodeMap.OfNoInterest, IsSeed: false),
        ]);

    public static ConnectorHours Hours { get; } = new(
        DateTimeOffset.UnixEpoch,
        [new(DateTimeOffset.UnixEpoch, 8), new(DateTimeOffset.UnixEpoch.AddHours(1), 6)],
        [new(DateTimeOffset.UnixEpoch, 4), new(DateTimeOffset.UnixEpoch.AddHours(1), 5)],
        [new(DateTimeOffset.UnixEpoch, 0), new(DateTimeOffset.UnixEpoch.AddHours(1), 2)],
        [new(DateTimeOffset.UnixEpoch, 90.4m), new(DateTimeOffset.UnixEpoch.AddHours(1), 1240)]);

    public void Finds(ConnectorDetail? detail) => Desk.FindAsync(default!, default!, default).ReturnsForAnyArgs(detail);

    private sealed class SignedIn(Actor actor) : ICurrentActor
    {
        public ValueTask<Actor> GetAsync() => ValueTask.FromResult(actor);
    }
}
