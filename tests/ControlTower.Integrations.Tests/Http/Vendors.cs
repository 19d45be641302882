using System.Text;
using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Engine;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Integrations.EasyPost;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Stripe;
using ControlTower.Integrations.Tests.Open;
using ControlTower.Testing;
using ControlTower.Testing.Vendors;
using Microsoft.Extensions.Options;

namespace ControlTower.Integrations.Tests.Http;

/// <summary>
/// Kinds of vendors without a database: their channels run against doubles, their events through the engine's mapper.
/// </summary>
internal static class Vendors
{
    public static readonly DateTimeOffset ReceivedAt = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly SecretBox Box = new(new byte[32]);

    /// <summary>Long enough for a busy machine; only tests of a vendor that hangs use less.</summary>
    private const int Patience = 60, Impatience = 3;

    public static IConnectorKind EasyPost(TimeProvider? time = null, VendorFailure? meets = null, PipelineOptions? options = null) =>
        new EasyPostKind(Http(), new ConnectorSecrets(Box), TowerClocks.RealTime(time ?? TimeProvider.System),
            Options.Create(options ?? Within(meets)), () => 0.5);

    public static IConnectorKind Stripe(TimeProvider? time = null, VendorFailure? meets = null, PipelineOptions? options = null) =>
        new StripeKind(Http(), new ConnectorSecrets(Box), TowerClocks.RealTime(time ?? TimeProvider.System),
            Options.Create(options ?? Within(meets)), () => 0.5);

    public static IConnectorChannel To(this IConnectorKind kind, string baseUrl, string key, object? settings = null)
    {
        var secrets = new ConnectorSecrets(Box);
        return kind.Open(new ConnectorRecord
        {
            Name = kind.Kind, Kind = kind.Kind, Role = kind.Describe().Roles[0], BaseUrl = baseUrl,
            Settings = JsonSerializer.Serialize(settings ?? new { }),
            Credentials = secrets.SealCredentials(kind.Kind, ConnectorCredentials.For(("apiKey", key))),
        });
    }

    /// <summary>Maps an event as the engine does, with the kind's own codes and those that were amended.</summary>
    public static MapResult Map(this IConnectorKind kind, byte[] @event, params CodeEntry[] amended)
    {
        EventReading.Read(@event, null, out var error).ShouldNotBeNull(error);
        using var json = JsonDocument.Parse(@event);
        var kinds = new ConnectorKinds(() => [kind]);
        var profile = new ConnectorProfile(kind.Kind, kind.Kind, kind.Describe().Roles[0], [], [], [], Paused: false);
        var landscape = SystemTopology.Empty with { Connectors = [profile], Codes = new CodeMap([.. kinds.Seeds(), .. amended]) };
        return new MessageMapper(kinds).Map(
            new InboxMessage
            {
                Connector = kind.Kind, Payload = @event, ReceivedAt = ReceivedAt, DedupeKey = [], ContentHash = [],
                Type = json.RootElement.GetProperty("type").GetString()!,
                Source = json.RootElement.GetProperty("source").GetString()!,
                EventId = json.RootElement.GetProperty("id").GetString()!,
            },
            landscape);
    }

    /// <summary>The fact of an event; fails when there is none.</summary>
    public static Fact Fact(this IConnectorKind kind, byte[] @event)
    {
        var result = kind.Map(@event);
        return result.Fact.ShouldNotBeNull(result.Refusal?.Message ?? result.Ignored);
    }

    /// <summary>The facts among the events; fails when one of them is refused.</summary>
    public static List<Fact> Facts(this IConnectorKind kind, IEnumerable<byte[]> events)
    {
        var results = events.Select(item => kind.Map(item)).ToList();
        results.ShouldAllBe(result => result.Refusal == null);
        return [.. results.Select(result => result.Fact).OfType<Fact>()];
    }

    public static IEnumerable<string> Ids(IEnumerable<byte[]> events) => events.Select(item =>
    {
        using var json = JsonDocument.Parse(item);
        return json.RootElement.GetProperty("id").GetString()!;
    });

    /// <summary>
    /// A body that was recorded from the vendor; skips the test with a note where there are no recordings.
    /// </summary>
    public static byte[] Recorded(string file)
    {
        var path = Path.Combine(ControlTower.Testing.Repository.Root, "..", "shared", "data", "payloads", file);
        Assert.SkipUnless(File.Exists(path), $"The recorded body is not at {Path.GetFullPath(path)}.");
        return File.ReadAllBytes(path);
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static PipelineOptions Within(VendorFailure? meets) =>
        Channels.Quick with { TimeoutSeconds = meets == VendorFailure.Hangs ? Impatience : Patience };

    private static ConnectorHttp Http() => new(Channels.Guard("127.0.0.1"));
}
