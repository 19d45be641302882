using System.Globalization;
using ControlTower.Core.Kernel;
using ControlTower.Web.Api;
using Microsoft.AspNetCore.WebUtilities;

namespace ControlTower.Web.Features.Transactions;

/// <summary>
/// A filter as text in an address, and back. Unknown values are refused with a sentence, never ignored.
/// </summary>
public static class TransactionFilterText
{
    /// <summary>The list's address under this filter; equal filters give equal addresses, so that a link can be shared.</summary>
    public static string Address(TransactionFilter filter, string path = "/transactions")
    {
        var query = new Dictionary<string, string?>
        {
            ["search"] = filter.SearchText,
            ["stage"] = filter.Stage is { } stage ? Text(stage) : null,
            ["health"] = filter.Health is { } health ? Text(health) : null,
            ["site"] = filter.Site,
            ["region"] = filter.Region,
            ["updatedAfter"] = filter.UpdatedAfter?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            ["late"] = Text(filter.Late),
            ["atRisk"] = Text(filter.AtRisk),
            ["open"] = filter.Open ? "true" : null,
            ["needsAttention"] = filter.NeedsAttention ? "true" : null,
            ["held"] = filter.Held ? "true" : null,
            ["undelivered"] = filter.Undelivered ? "true" : null,
            ["from"] = InstantText.Write(filter.From),
            ["to"] = InstantText.Write(filter.To),
            ["sort"] = filter.Sort == TransactionFilter.All.Sort ? null : ChoiceText.For(filter.Sort),
        };
        return QueryHelpers.AddQueryString(path, query.Where(pair => !string.IsNullOrEmpty(pair.Value)));
    }

    public static string Text<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Text(bool? flag) => flag is { } set ? (set ? "true" : "false") : null;

    /// <summary>The filter of those parameters, and one sentence for each that is unknown.</summary>
    public static (TransactionFilter Filter, IReadOnlyDictionary<string, string> Faults) Read(Func<string, string?> word)
    {
        var errors = new Dictionary<string, string>();
        var filter = new TransactionFilter(
            Empty(word("search")),
            Choice<TransactionStage>("stage"),
            Choice<TransactionHealth>("health"),
            Empty(word("site")),
            Empty(word("region")),
            Instant("updatedAfter"),
            Flag("late"),
            Flag("open") ?? false,
            Flag("needsAttention") ?? false,
            Flag("atRisk"),
            Flag("held") ?? false,
            Flag("undelivered") ?? false,
            Instant("from"),
            Instant("to"),
            Choice<TransactionSort>("sort") ?? TransactionFilter.All.Sort);
        if (filter is { Sort: TransactionSort.MostHeld, Held: false })
        {
            errors["sort"] = "sort: mostHeld is an order of held transactions, with held=true.";
            filter = filter with { Sort = TransactionFilter.All.Sort };
        }

        return (filter, errors);

        TEnum? Choice<TEnum>(string name)
            where TEnum : struct, Enum
        {
            string? error = null;
            return Noted(ChoiceText.Read<TEnum>(word(name), name, ref error), name, error);
        }

        DateTimeOffset? Instant(string name)
        {
            string? error = null;
            return Noted(InstantText.Read(word(name), name, ref error), name, error);
        }

        T Noted<T>(T value, string name, string? error)
        {
            if (error is not null)
            {
                errors[name] = error;
            }

            return value;
        }

        bool? Flag(string name)
        {
            var text = Empty(word(name));
            if (text is null || bool.TryParse(text, out _))
            {
                return text is null ? null : bool.Parse(text);
            }

            errors[name] = $"{name} is true or false.";
            return null;
        }
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
