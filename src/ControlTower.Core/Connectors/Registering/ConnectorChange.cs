using System.Security.Cryptography;
using System.Text.Json;
using ControlTower.Core.Persistence.Connectors;

namespace ControlTower.Core.Connectors.Registering;

/// <summary>Puts a draft into a connector's row.</summary>
internal static class ConnectorChange
{
    /// <summary>Everything but the secrets.</summary>
    public static void SetPlain(ConnectorRecord connector, ConnectorDraft draft)
    {
        connector.Kind = draft.Kind;
        connector.Role = draft.Role;
        connector.BaseUrl = draft.BaseUrl;
        connector.Sites = JsonSerializer.Serialize(draft.Sites);
        connector.LegalEntities = JsonSerializer.Serialize(draft.LegalEntities);
        connector.Reports = JsonSerializer.Serialize(draft.Reports);
        connector.Takes = draft.Takes is { } takes ? JsonSerializer.Serialize(takes) : null;
        connector.Poll = draft.Poll;
        connector.PollSeconds = draft.PollSeconds;
        connector.RatePerSecond = draft.RatePerSecond;
        connector.Concurrency = draft.Concurrency;
        connector.InboundPerSecond = draft.InboundPerSecond;
        connector.Settings = draft.Settings;
    }

    /// <summary>New secrets; the old inbound one verifies for 24 hours more, and so do old credentials. The same
    /// secret again is no change.</summary>
    /// <returns>Whether a secret changed.</returns>
    public static bool Apply(ConnectorRecord connector, ConnectorDraft draft, ConnectorSecrets secrets, DateTimeOffset now)
    {
        var inbound = draft.InboundKey is { } key && !Same(key, () => secrets.InboundKey(connector));
        if (inbound)
        {
            connector.PreviousInboundSecret = connector.InboundSecret;
            connector.PreviousInboundUntil = connector.InboundSecret is null ? null : now + ConnectorSecrets.Overlap;
            connector.InboundSecret = secrets.SealInbound(connector.Name, draft.InboundKey!);
        }

        var outbound = draft.OutboundKey is { } other && !Same(other, () => secrets.OutboundKey(connector));
        if (outbound)
        {
            connector.OutboundSecret = secrets.SealOutbound(connector.Name, draft.OutboundKey!);
        }

        return ApplyCredentials(connector, draft, secrets, now) || inbound || outbound;
    }

    private static bool ApplyCredentials(ConnectorRecord connector, ConnectorDraft draft, ConnectorSecrets secrets, DateTimeOffset now)
    {
        if (draft.Credentials.Count == 0
            || Current(connector, secrets).With(draft.Credentials, now + ConnectorSecrets.Overlap) is not { } changed)
        {
            return false;
        }

        connector.Credentials = changed.Names.Count == 0 ? null : secrets.SealCredentials(connector.Name, changed);
        return true;
    }

    /// <summary>The existing ones; what was sealed under a lost master key counts as none.</summary>
    public static ConnectorCredentials Current(ConnectorRecord connector, ConnectorSecrets secrets)
    {
        try
        {
            return secrets.CredentialsOf(connector);
        }
        catch (CryptographicException)
        {
            return ConnectorCredentials.Empty;
        }
    }

    private static bool Same(byte[] key, Func<byte[]?> existing)
    {
        try
        {
            return existing() is { } old && CryptographicOperations.FixedTimeEquals(key, old);
        }
        catch (CryptographicException)
        {
            // Sealed under a lost master key: the new secret replaces it.
            return false;
        }
    }
}
