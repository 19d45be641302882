using System.Globalization;
using ControlTower.Core.Kernel;
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
        };
        return QueryHelpers.AddQueryString(path, query.Where(pair => !string.IsNullOrEmpty(pair.Value)));
    }

    public static string Text<TEnum>(TEnum value)
        where TEnum : struct, Enum => value.ToString().ToLowerInvariant();

    private static string? Text(bool? flag) => flag is { } set ? (set ? "true" : "false") : null;

    /// <summary>
    /// The value of that name in lower or mixed case; false for numbers and unknown names. An empty text is null.
    /// </summary>
    public static bool TryText<TEnum>(string? word, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = null;
        if (string.IsNullOrWhiteSpace(word))
        {
            return true;
        }

        var found = Enum.GetValues<TEnum>()
            .Where(v => string.Equals(v.ToString(), word.Trim(), StringComparison.OrdinalIgnoreCase))
            .ToArray();
        value = found.Length == 1 ? found[0] : null;
        return found.Length == 1;
    }

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
            Flag("undelivered") ?? false);
        return (filter, errors);

        TEnum? Choice<TEnum>(string name)
            where TEnum : struct, Enum
        {
            if (!TryText<TEnum>(word(name), out var value))
            {
                errors[name] = $"{name} is one of {string.Join(", ", Enum.GetValues<TEnum>().Select(Text))}.";
            }

            return value;
        }

        DateTimeOffset? Instant(string name)
        {
            var text = Empty(word(name));
            if (text is null || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            }

            errors[name] = $"{name} is an instant as in 2026-03-01T12:00:00Z.";
            return null;
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
