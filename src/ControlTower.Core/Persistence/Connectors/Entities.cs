using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Persistence.Connectors;

/// <summary>A registered system. Secrets are encrypted; nothing here is ever returned in clear text.</summary>
public sealed class ConnectorRecord
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>open, or a vendor's.</summary>
    public required string Kind { get; set; }

    public required string Role { get; set; }

    public required string BaseUrl { get; set; }

    /// <summary>JSON arrays of text; empty means all.</summary>
    public string Sites { get; set; } = "[]";

    public string LegalEntities { get; set; } = "[]";

    public string Reports { get; set; } = "[]";

    /// <summary>JSON array of command kinds; null for every one of its role.</summary>
    public string? Takes { get; set; }

    /// <summary>JSON object: further settings of the kind.</summary>
    public string Settings { get; set; } = "{}";

    /// <summary>Encrypted JSON object of secrets; null when there are none.</summary>
    public byte[]? Credentials { get; set; }

    /// <summary>Of kinds that sign as the open connector does; null for others.</summary>
    public byte[]? InboundSecret { get; set; }

    public byte[]? PreviousInboundSecret { get; set; }

    /// <summary>System time until which the previous inbound secret still verifies.</summary>
    public DateTimeOffset? PreviousInboundUntil { get; set; }

    public byte[]? OutboundSecret { get; set; }

    public bool Poll { get; set; }

    public int PollSeconds { get; set; } = 15;

    public int? RatePerSecond { get; set; }

    public int? Concurrency { get; set; }

    public int? InboundPerSecond { get; set; }

    public bool Paused { get; set; }

    public string? PausedReason { get; set; }

    /// <summary>Position of the cursor poll, committed with the events it brought.</summary>
    public string? Cursor { get; set; }

    /// <summary>System time of the next poll; a node that polls moves it forward as its lease.</summary>
    public DateTimeOffset? NextPollAt { get; set; }

    public DateTimeOffset? LastInboundAt { get; set; }

    public DateTimeOffset? LastOutboundAt { get; set; }

    public string? LastError { get; set; }

    public DateTimeOffset? LastErrorAt { get; set; }

    public ConnectorHealth Health { get; set; }

    public int Version { get; set; }
}

public enum ConnectorHealth : short
{
    Healthy = 0,

    /// <summary>Responds slowly, throttles or fails in part.</summary>
    Degraded = 1,

    /// <summary>Cannot be reached.</summary>
    Down = 2,

    /// <summary>Refuses our credentials; its commands wait.</summary>
    Unauthorised = 3,
}

/// <summary>Mode of a command kind for a legal entity and a site; null means all.</summary>
public sealed class CommandModeRecord
{
    public long Id { get; set; }

    public required string Kind { get; set; }

    public string? LegalEntity { get; set; }

    public string? Site { get; set; }

    public CommandMode Mode { get; set; }
}

/// <summary>A place where goods are handled.</summary>
public sealed class SiteRecord
{
    public required string Code { get; set; }

    public required string Name { get; set; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; set; }

    public string? Region { get; set; }

    public string? LegalEntity { get; set; }

    public string? Area { get; set; }
}
