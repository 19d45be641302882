using System.Buffers;
using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;

namespace ControlTower.Core.Facts;

/// <summary>The command that an outcome belongs to.</summary>
/// <param name="Transaction">Key of its transaction, <c>{erp connector}:{order number}</c>.</param>
/// <param name="Connector">Target, which owns the numbers of its answer.</param>
/// <param name="Body">The event that was sent: the requested content is read from its <c>data</c>.</param>
public sealed record CommandIdentity(
    string Transaction, string Key, string Kind, string Document, string? Part, int Number, string ContentHash, string Connector,
    ReadOnlyMemory<byte> Body);

/// <summary>
/// Reports of the tower and its people, as CloudEvents of the open connector's form, so that outcomes, approvals and
/// replays are processed like every fact. Ids are made from the command's key and the action: a repeated action is a
/// duplicate.
/// </summary>
public static class InternalEvents
{
    public const string TowerSource = "urn:control-tower";
    public const string PeopleSource = "urn:control-tower:people";

    /// <summary>The target accepted it. Its numbers become references of the target.</summary>
    /// <param name="externalId">What it became there: fulfilment, load, goods issue, invoice or posting, by the command's kind.</param>
    /// <param name="references">Further links of the answer: kind to number.</param>
    /// <param name="person">
    /// User name, when a person checked and reported it; then it is a message of <c>people</c>.
    /// </param>
    public static byte[] CommandAccepted(
        CommandIdentity command, string? externalId, IReadOnlyDictionary<string, string>? references, DateTimeOffset at,
        string? person = null) =>
        Outcome(Milestones.CommandAccepted, command, "accepted", at, new OutcomeParts(externalId, null, null, references, person));

    /// <summary>The target rejected it, without effect.</summary>
    public static byte[] CommandRejected(CommandIdentity command, string? code, string? reason, DateTimeOffset at) =>
        Outcome(Milestones.CommandRejected, command, "rejected", at, new OutcomeParts(null, code, reason, null, null));

    /// <summary>Its effect is unknown, and the tower does not find out by itself: a person has to.</summary>
    /// <param name="attempt">Number of the attempt with an unknown outcome.</param>
    public static byte[] CommandUnknown(CommandIdentity command, int attempt, string? reason, DateTimeOffset at) =>
        Outcome(Milestones.CommandUnknown, command, $"unknown-{attempt}", at, new OutcomeParts(null, null, reason, null, null));

    /// <summary>A lookup or a person found that it never had an effect: it may be wanted again.</summary>
    public static byte[] CommandAbsent(CommandIdentity command, string? reason, DateTimeOffset at, string? person = null) =>
        Outcome(Milestones.CommandAbsent, command, "absent", at, new OutcomeParts(null, null, reason, null, person));

    /// <summary>A person wants a rejected command tried again.</summary>
    /// <param name="replay">Counts the replays of this key, from 1.</param>
    public static byte[] CommandReplayed(CommandIdentity command, int replay, DateTimeOffset at, string person) =>
        Outcome(Milestones.CommandReplayed, command, $"replayed-{replay}", at, new OutcomeParts(null, null, null, null, person));

    /// <summary>A person released exactly one content.</summary>
    public static byte[] ApprovalGranted(string transaction, ApprovalSnapshot approval, DateTimeOffset at) => Event(
        Milestones.ApprovalGranted, PeopleSource, $"approval-{approval.Id}", $"approval-{approval.Id}", at, writer =>
        {
            WriteReferences(writer, transaction, null, null, null);
            writer.WritePropertyName("approval");
            JsonSerializer.Serialize(writer, approval, CanonicalJsonContext.Default.ApprovalSnapshot);
        });

    private sealed record OutcomeParts(
        string? ExternalId, string? Code, string? Reason, IReadOnlyDictionary<string, string>? References, string? Person);

    private static byte[] Outcome(string milestone, CommandIdentity command, string act, DateTimeOffset at, OutcomeParts parts)
    {
        var asked = RequestedContent.From(command.Body);
        var snapshot = new CommandOutcomeSnapshot(
            command.Key, command.Kind, command.Document, command.Part, command.Number, command.ContentHash,
            parts.ExternalId, parts.Code, Shorten(parts.Reason), asked.Lines, asked.Net, asked.Stage);
        return Event(milestone, parts.Person is null ? TowerSource : PeopleSource, IdOf($"{command.Transaction}|{command.Key}", act),
            command.Key, at, writer =>
        {
            WriteReferences(writer, command.Transaction, command.Connector, Own(command.Kind, parts.ExternalId), parts.References);
            writer.WritePropertyName("command");
            JsonSerializer.Serialize(writer, snapshot, CanonicalJsonContext.Default.CommandOutcomeSnapshot);
            if (parts.Person is { } person)
            {
                writer.WriteString("by", person);
            }
        });
    }

    private static byte[] Event(string milestone, string source, string id, string subject, DateTimeOffset at, Action<Utf8JsonWriter> data)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("specversion", "1.0");
            writer.WriteString("id", id);
            writer.WriteString("source", source);
            writer.WriteString("type", $"tower.{milestone}.v1");
            writer.WriteString("subject", subject);
            writer.WriteString("time", at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
            writer.WriteStartObject("data");
            data(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteReferences(
        Utf8JsonWriter writer, string transaction, string? owner, KeyValuePair<string, string>? own,
        IReadOnlyDictionary<string, string>? others)
    {
        writer.WriteStartObject("references");
        writer.WriteString(ReferenceKinds.Transaction, transaction);
        if (own is { } number)
        {
            WriteOwned(writer, owner, number.Key, number.Value);
        }

        foreach (var (kind, value) in (others ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (kind != own?.Key && kind != ReferenceKinds.Transaction && !string.IsNullOrEmpty(value))
            {
                // A tracking number is its carrier's, whoever reports it.
                WriteOwned(writer, kind == ReferenceKinds.Tracking ? null : owner, kind, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteOwned(Utf8JsonWriter writer, string? owner, string kind, string value)
    {
        if (owner is null)
        {
            writer.WriteString(kind, value);
            return;
        }

        writer.WriteStartObject(kind);
        writer.WriteString("system", owner);
        writer.WriteString("value", value);
        writer.WriteEndObject();
    }

    /// <summary>What the target's number is (open connector, "externalId becomes").</summary>
    private static KeyValuePair<string, string>? Own(string commandKind, string? externalId)
    {
        var kind = commandKind switch
        {
            CommandKinds.ReleaseFulfilment => ReferenceKinds.Fulfilment,
            CommandKinds.TenderShipment => ReferenceKinds.Load,
            CommandKinds.PostGoodsIssue => ReferenceKinds.GoodsIssue,
            CommandKinds.CreateInvoice => ReferenceKinds.Invoice,
            CommandKinds.PostInvoice => ReferenceKinds.Posting,
            _ => null,
        };
        return kind is null || string.IsNullOrEmpty(externalId) ? null : new(kind, externalId);
    }

    /// <summary>Long keys would not fit an event's id: they are hashed.</summary>
    private static string IdOf(string key, string act) => key.Length <= 200
        ? $"{key}:{act}"
        : $"{Digest.Hex(key)}:{act}";

    private static string? Shorten(string? reason) => reason is { Length: > 400 } ? reason[..400] : reason;
}
