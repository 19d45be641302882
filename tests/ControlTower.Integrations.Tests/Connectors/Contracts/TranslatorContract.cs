using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Kinds;
using ControlTower.Core.Engine;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Inbox;

namespace ControlTower.Integrations.Tests.Connectors.Contracts;

/// <summary>
/// What the mapping of every kind must do with recorded events: duplicates, late ones, codes that nobody mapped, and
/// every field that is new, missing, or of another type. It needs no network.
/// </summary>
public abstract class TranslatorContract
{
    private static readonly DateTimeOffset Received = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private protected abstract IConnectorKind Kind { get; }

    /// <summary>The role of the connector that sends the samples.</summary>
    private protected abstract string Role { get; }

    /// <summary>Its settings.</summary>
    private protected virtual string Settings => "{}";

    /// <summary>
    /// CloudEvents envelopes as in the inbox, one for each shape that is read; each must give a fact.
    /// </summary>
    private protected abstract IReadOnlyList<string> Samples { get; }

    /// <summary>An event whose code nobody mapped; null for a kind without codes.</summary>
    private protected virtual string? WithUnknownCode => null;

    /// <summary>The meaning that the unknown code gets when it is mapped.</summary>
    private protected virtual string MeaningOfUnknownCode => CodeMap.OfNoInterest;

    /// <summary>
    /// Whether every member of the object at this path has a meaning, so that an added one is not ignored.
    /// </summary>
    private protected virtual bool IsOpenEnded(string path) => false;

    [Fact]
    public void Every_sample_gives_a_fact()
    {
        foreach (var sample in Samples)
        {
            Map(sample).Refusal.ShouldBeNull(sample);
            Map(sample).Fact.ShouldNotBeNull(sample);
        }
    }

    [Fact]
    public void A_duplicate_gives_the_same_fact_and_so_does_a_late_one()
    {
        foreach (var sample in Samples)
        {
            var (first, late) = (Map(sample).Fact!, Map(sample, Received.AddDays(3)).Fact!);

            (late.ContentHash, late.Milestone, late.Subject, late.Source, late.Id)
                .ShouldBe((first.ContentHash, first.Milestone, first.Subject, first.Source, first.Id));
            if (!first.TimeIsReceipt)
            {
                late.Time.ShouldBe(first.Time, "when it happened does not depend on when it came");
            }
        }
    }

    [Fact]
    public void A_code_that_nobody_mapped_is_named_with_its_scheme_and_version_and_can_be_mapped()
    {
        if (WithUnknownCode is not { } sample)
        {
            return;
        }

        var refusal = Map(sample).Refusal.ShouldNotBeNull();
        refusal.ReasonCode.ShouldBe(ReasonCodes.CodeUnmapped);
        var code = refusal.Code.ShouldNotBeNull();
        refusal.Message.ShouldContain(code.Code);
        refusal.Message.ShouldContain(code.Scheme);

        var mapped = Map(sample, codes: new CodeEntry(
            Kind.Kind, null, code.Scheme, code.Version, code.Code, MeaningOfUnknownCode, IsSeed: false));
        mapped.Refusal.ShouldBeNull();
    }

    [Fact]
    public void A_new_field_changes_nothing()
    {
        foreach (var sample in Samples)
        {
            foreach (var (place, changed) in Mutations.AddedFields(sample, IsOpenEnded))
            {
                var mapped = Map(changed);
                mapped.Refusal.ShouldBeNull(place);
                mapped.Fact!.ContentHash.ShouldBe(Map(sample).Fact!.ContentHash, place);
            }
        }
    }

    [Fact]
    public void A_missing_field_is_ignored_or_named()
    {
        foreach (var sample in Samples)
        {
            foreach (var (place, changed) in Mutations.RemovedFields(sample))
            {
                IsFactOrNamed(place, Map(changed));
            }
        }
    }

    [Fact]
    public void A_field_of_another_type_is_ignored_or_named()
    {
        foreach (var sample in Samples)
        {
            foreach (var (place, changed) in Mutations.ChangedTypes(sample))
            {
                IsFactOrNamed(place, Map(changed));
            }
        }
    }

    [Fact]
    public void A_version_that_is_not_read_is_an_exception()
    {
        var envelope = JsonNode.Parse(Samples[0])!;
        envelope["type"] = envelope["type"]!.GetValue<string>() + "99";

        Map(envelope.ToJsonString()).Refusal.ShouldNotBeNull().Field.ShouldBe("type");
    }

    private protected MapResult Map(string sample, DateTimeOffset? at = null, params CodeEntry[] codes)
    {
        var incoming = IncomingEvent.Read(Encoding.UTF8.GetBytes(sample), null, out var error);
        if (incoming is null)
        {
            return MapResult.Refused(new MapRefusal(ReasonCodes.SchemaInvalid, "$", error!));
        }

        var message = new InboxMessage
        {
            Connector = "sender",
            Source = incoming.Source,
            EventId = incoming.Id,
            DedupeKey = incoming.DedupeKey,
            ContentHash = incoming.ContentHash,
            Payload = incoming.Payload,
            Type = incoming.Type,
            ReceivedAt = at ?? Received,
        };
        var sender = new ConnectorProfile("sender", Kind.Kind, Role, [], [], [], false) { Settings = JsonElement.Parse(Settings) };
        var kinds = new ConnectorKinds(() => [Kind]);
        var landscape = new SystemTopology([sender], [],
            new Dictionary<string, SiteProfile>()) { Codes = new CodeMap([.. kinds.Seeds(), .. codes]) };
        return new MessageMapper(kinds).Map(message, landscape);
    }

    private static void IsFactOrNamed(string place, MapResult mapped)
    {
        if (mapped.Refusal is { } refusal)
        {
            refusal.Field.ShouldNotBeNullOrEmpty(place);
            refusal.Message.ShouldNotBeNullOrEmpty(place);
        }
        else
        {
            (mapped.Fact is not null || mapped.Ignored is not null).ShouldBeTrue(place);
        }
    }
}
