using System.Text.Json;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;

namespace ControlTower.Core.Facts;

/// <summary>Collects every link that a fact names: its references, its own subject, and the numbers inside its data.</summary>
internal static class ReferenceMapper
{
    /// <summary>Distinct links, sorted, so that equal reports have equal lists.</summary>
    public static IReadOnlyList<Reference> Map(
        ConnectorProfile connector, string milestone, string subject, FieldReader data, FactData content)
    {
        var links = new List<Reference>(6);
        var isInternal = BuiltInConnectors.IsInternal(connector.Name);
        if (SubjectKind(milestone, connector.Role) is { } kind)
        {
            links.Add(new Reference(kind, isInternal ? null : connector.Name, subject));
        }

        AddStated(links, data["references"], content.Order?.Customer.Id);
        AddFromContent(links, connector, data, content);
        links.RemoveAll(link => link.Value.Length == 0);
        links.Sort(Compare);
        for (var i = links.Count - 1; i > 0; i--)
        {
            if (links[i] == links[i - 1])
            {
                links.RemoveAt(i);
            }
        }

        return links;
    }

    public static IReadOnlyList<RetractedFact> Retracts(FieldReader list) =>
        list.IsPresent
            ? list.Items(required: false).ConvertAll(item => new RetractedFact(
                item["source"].RequiredText(Lengths.Source), item["id"].RequiredText(Lengths.EventId)))
            : [];

    /// <summary>
    /// The kind of number of a subject, by its scope and the sender's role; null where it is none of the kinds.
    /// </summary>
    private static string? SubjectKind(string milestone, string role) =>
        milestone[..milestone.IndexOf('.', StringComparison.Ordinal)] switch
    {
        "order" => ReferenceKinds.Order,
        "fulfilment" => ReferenceKinds.Fulfilment,
        "shipment" or "delivery" => role switch
        {
            Roles.Wms or Roles.People => ReferenceKinds.Shipment,
            Roles.Tms => ReferenceKinds.Load,
            Roles.Carrier => ReferenceKinds.Tracking,
            _ => null,
        },
        "goods-issue" => ReferenceKinds.GoodsIssue,
        "invoice" => ReferenceKinds.Invoice,
        "posting" => ReferenceKinds.Posting,
        _ => null,
    };

    private static void AddStated(List<Reference> links, FieldReader references, string? customer)
    {
        if (!references.IsPresent)
        {
            return;
        }

        if (references.Kind != JsonValueKind.Object)
        {
            references.AddError($"{references.Path} must be an object.");
            return;
        }

        foreach (var member in references.Element.EnumerateObject())
        {
            var field = references[member.Name];
            var kind = member.Name.Trim();
            if (kind.Length is 0 or > Lengths.Code || FieldReader.HasControl(kind))
            {
                references.AddError(
                    $"{references.Path} has a kind that is empty, longer than {Lengths.Code} characters or with a control character.");
                return;
            }

            // A customer's purchase order counts with its customer only.
            var owner = kind == ReferenceKinds.PurchaseOrder && customer is not null ? $"customer:{customer}" : null;
            AddValue(links, kind, field, owner);
        }
    }

    private static void AddValue(List<Reference> links, string kind, FieldReader field, string? system)
    {
        switch (field.Kind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                break;
            case JsonValueKind.Array:
                foreach (var item in field.Items(required: false))
                {
                    AddValue(links, kind, item, system);
                }

                break;
            case JsonValueKind.Object:
                links.Add(new Reference(kind, field["system"].Identifier() ?? system, field["value"].RequiredText(LimitOf(kind))));
                break;
            default:
                links.Add(new Reference(kind, system, field.RequiredText(LimitOf(kind))));
                break;
        }
    }

    private static int LimitOf(string kind) => kind switch
    {
        ReferenceKinds.Command => Lengths.CommandKey,
        ReferenceKinds.Transaction => Lengths.TransactionKey,
        _ => Lengths.BusinessKey,
    };

    private static void AddFromContent(List<Reference> links, ConnectorProfile connector, FieldReader data, FactData content)
    {
        if (content.Tracking is { } tracking)
        {
            links.Add(new Reference(ReferenceKinds.Tracking, connector.Role == Roles.Carrier ? connector.Name : null, tracking));
        }

        foreach (var line in content.Lines ?? [])
        {
            if (line.Order is { } order)
            {
                links.Add(new Reference(ReferenceKinds.Order, null, order));
            }
        }

        // A system that cancels an acceptance names the tower's own key.
        if (content.Command is { } command && !BuiltInConnectors.IsInternal(connector.Name))
        {
            links.Add(new Reference(ReferenceKinds.Command, null, command.Key));
        }

        AddOwn(links, connector, Roles.Erp, ReferenceKinds.Order, content.Order?.Number);
        AddOwn(links, connector, Roles.Erp, ReferenceKinds.GoodsIssue, content.Document);
        AddOwn(links, connector, Roles.Erp, ReferenceKinds.Posting, content.Posting?.Document);
        AddOwn(links, connector, Roles.Billing, ReferenceKinds.Invoice, content.Invoice?.Number);
        if (content.Freight is not null)
        {
            foreach (var charge in data["freight"]["charges"].Items(required: true))
            {
                AddValue(links, ReferenceKinds.Shipment, charge["shipment"], null);
            }
        }
    }

    private static void AddOwn(List<Reference> links, ConnectorProfile connector, string role, string kind, string? value)
    {
        if (value is not null && connector.Role == role)
        {
            links.Add(new Reference(kind, connector.Name, value));
        }
    }

    private static int Compare(Reference left, Reference right)
    {
        var byKind = string.CompareOrdinal(left.Kind, right.Kind);
        var bySystem = byKind != 0 ? byKind : string.CompareOrdinal(left.System, right.System);
        return bySystem != 0 ? bySystem : string.CompareOrdinal(left.Value, right.Value);
    }
}
