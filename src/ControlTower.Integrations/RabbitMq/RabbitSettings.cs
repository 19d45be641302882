using System.Globalization;
using System.Text.Json;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Kernel;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>Settings of a <c>rabbitmq</c> connector. Its password is a credential.</summary>
internal sealed record RabbitSettings
{
    public const int Port = 5672;
    public const int TlsPort = 5671;
    private const int LongestName = 255;
    private const int LongestUser = 200;
    private const int MostPrefetch = 10_000;
    private const int MostQueues = 50;

    /// <summary>Tried in no certain order; each is <c>host</c> or <c>host:port</c>.</summary>
    public required IReadOnlyList<BrokerHost> Hosts { get; init; }

    public required string VirtualHost { get; init; }

    public required string User { get; init; }

    public required bool Tls { get; init; }

    /// <summary>The name that the broker's certificate must carry; null: the host's.</summary>
    public string? TlsName { get; init; }

    public required IReadOnlyList<string> Queues { get; init; }

    /// <summary>Messages of one queue that this node holds and has not acknowledged.</summary>
    public required int Prefetch { get; init; }

    /// <summary>A topic exchange to publish milestones to; null for none.</summary>
    public string? Exchange { get; init; }

    public required RoutingKey RoutingKey { get; init; }

    /// <summary>Those to publish; empty for all.</summary>
    public required IReadOnlyList<string> Milestones { get; init; }

    internal static readonly IReadOnlyList<SettingInfo> Infos =
    [
        new("hosts", "Brokers", SettingType.Texts, Required: true, Help: "Nodes of one cluster: host or host:port; any of them is taken."),
        new("vhost", "Virtual host", SettingType.Text, Default: "/"),
        new("user", "User", SettingType.Text, Required: true,
            Help: "Reads the queues and writes to the exchange; see docs/connectors/rabbitmq.md for its permissions."),
        new("port", "Port", SettingType.Whole, Help: "Of brokers that name none.", Default: "5672, with TLS 5671"),
        new("tls", "TLS", SettingType.Flag, Help: "The broker's certificate must be one that this machine trusts.", Default: "no"),
        new("tlsName", "Name on the certificate", SettingType.Text, Default: "the broker's host name"),
        new("queues", "Queues to take facts from", SettingType.Texts,
            Help: "They exist already; each message is one CloudEvents event of the open connector."),
        new("prefetch", "Prefetch", SettingType.Whole,
            Help: "Messages of a queue that one node of the tower holds unacknowledged, 1 to 10000.", Default: "500"),
        new("exchange", "Exchange for milestones", SettingType.Text,
            Help: "A durable topic exchange; the tower makes it where it is missing and the user may."),
        new("routingKey", "Routing key", SettingType.Text,
            Help: $"Of {string.Join(", ", RoutingKey.Places.Select(place => $"{{{place}}}"))}; {{place}} is the site, else the carrier.",
            Default: RoutingKey.Default),
        new("milestones", "Milestones to publish", SettingType.Texts, Help: "Such as shipment.delivered; all when it is left empty."),
    ];

    public static RabbitSettings Parse(JsonElement settings)
    {
        var tls = settings.TryGetProperty("tls", out var flag) && flag.ValueKind == JsonValueKind.True;
        var port = Whole(settings, "port") ?? (tls ? TlsPort : Port);
        return new RabbitSettings
        {
            Hosts = [.. Texts(settings, "hosts").Select(host => BrokerHost.Read(host, port))],
            VirtualHost = Text(settings, "vhost") ?? "/",
            User = Text(settings, "user") ?? "",
            Tls = tls,
            TlsName = Text(settings, "tlsName"),
            Queues = Texts(settings, "queues"),
            Prefetch = Whole(settings, "prefetch") ?? 500,
            Exchange = Text(settings, "exchange"),
            RoutingKey = new RoutingKey(Text(settings, "routingKey") ?? RoutingKey.Default),
            Milestones = Texts(settings, "milestones"),
        };
    }

    public IReadOnlyList<SettingError> Validate()
    {
        var errors = new List<SettingError>();
        Check(errors, "hosts", Hosts.Count > 0 && Hosts.All(host => host.IsOne), "It must name at least one broker, as host or host:port.");
        Check(errors, "vhost", VirtualHost.Length <= LongestName, $"It has at most {LongestName} characters.");
        Check(errors, "user", User.Length <= LongestUser, $"It has at most {LongestUser} characters.");
        Check(errors, "queues", Queues.Count > 0 || Exchange is not null,
            "It must name a queue to take facts from, or an exchange to publish milestones to.");
        Check(errors, "queues", Queues.Count <= MostQueues, $"It names at most {MostQueues} queues.");
        Check(errors, "queues", Queues.All(queue => queue.Length <= LongestName), $"A queue's name has at most {LongestName} characters.");
        Check(errors, "queues", Queues.Distinct(StringComparer.Ordinal).Count() == Queues.Count, "It names a queue twice.");
        Check(errors, "prefetch", Prefetch is >= 1 and <= MostPrefetch,
            string.Create(CultureInfo.InvariantCulture, $"It must be a whole number from 1 to {MostPrefetch}."));
        Check(errors, "tlsName", TlsName is null || Tls, "It is of use with TLS only.");
        CheckPublishing(errors);
        return errors;
    }

    private void CheckPublishing(List<SettingError> errors)
    {
        Check(errors, "exchange", Exchange is null
            || (Exchange.Length <= LongestName && !Exchange.StartsWith("amq.", StringComparison.Ordinal)),
            $"It has at most {LongestName} characters and is none of the broker's own (amq.).");
        var error = RoutingKey.FindError();
        Check(errors, "routingKey", error is null, error ?? "");
        var unknown = Milestones.Where(milestone => !ControlTower.Core.Kernel.Milestones.All.Contains(milestone, StringComparer.Ordinal))
            .ToList();
        Check(errors, "milestones", unknown.Count == 0, $"There is no milestone {string.Join(", ", unknown)}.");
    }

    private static void Check(List<SettingError> errors, string name, bool isFine, string sentence)
    {
        if (!isFine)
        {
            errors.Add(new SettingError($"settings.{name}", sentence));
        }
    }

    private static string? Text(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Whole(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;

    private static List<string> Texts(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
            : [];
}

/// <param name="Port">0 when it was none.</param>
internal sealed record BrokerHost(string Host, int Port)
{
    public bool IsOne => Port is > 0 and <= 65535 && Uri.CheckHostName(Host) != UriHostNameType.Unknown;

    /// <summary><c>host</c>, <c>host:port</c>, <c>[::1]:port</c>.</summary>
    public static BrokerHost Read(string text, int port)
    {
        var colon = text.LastIndexOf(':');
        var hasPort = colon > 0 && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] == ']');
        return hasPort
            ? new BrokerHost(text[..colon].Trim('[', ']'),
                int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? own : 0)
            : new BrokerHost(text.Trim('[', ']'), port);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
