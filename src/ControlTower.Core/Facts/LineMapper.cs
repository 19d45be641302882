using System.Text.Json;
using ControlTower.Core.Kernel;

namespace ControlTower.Core.Facts;

/// <summary>
/// Lines of logistics documents. A line that is split over lots occurs several times; its quantities add up.
/// </summary>
internal static class LineMapper
{
    public static List<FactLine> Quantities(FieldReader lines, bool required) =>
        Joined(lines.Items(required).ConvertAll(line => new FactLine
    {
        Line = line["line"].RequiredText(),
        Quantity = line["quantity"].RequiredQuantity(),
        Order = OrderNumber(line["order"]),
        Item = line["item"].Number(),
    }));

    public static List<FactLine> Shorts(FieldReader lines) => lines.Items(required: true).ConvertAll(line => new FactLine
    {
        Line = line["line"].RequiredText(),
        Missing = line["missing"].RequiredQuantity(),
        Reason = line["reason"].Text(),
        Then = Then(line["then"]),
    });

    /// <summary>Parcel numbers: alone, or of parcels with their content.</summary>
    public static IReadOnlyList<string>? Parcels(FieldReader parcels) => parcels.IsPresent
        ? parcels.Items(required: false).ConvertAll(parcel =>
            parcel.Kind == JsonValueKind.Object ? parcel["parcel"].RequiredText() : parcel.RequiredText())
        : null;

    private static string? OrderNumber(FieldReader order) =>
        order.Kind == JsonValueKind.Object ? order["value"].RequiredText() : order.Number();

    private static string Then(FieldReader then)
    {
        var said = then.Identifier(Lengths.Code);
        if (said is not (null or "backorder" or "cancel" or "substitute"))
        {
            then.AddError($"{then.Path} must be backorder, cancel or substitute.");
        }

        // What is not cancelled stays owed.
        return said ?? "backorder";
    }

    private static List<FactLine> Joined(List<FactLine> lines)
    {
        for (var i = lines.Count - 1; i > 0; i--)
        {
            var line = lines[i];
            var first = lines.FindIndex(other => other.Line == line.Line && other.Order == line.Order);
            if (first < i)
            {
                lines[first] = lines[first] with { Quantity = lines[first].Quantity + line.Quantity };
                lines.RemoveAt(i);
            }
        }

        return lines;
    }
}
