using System.Text.Json;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.Stripe;

/// <summary>The requests that the connector makes of Stripe, of one pinned version of its API.</summary>
internal sealed class StripeApi(JsonApi api)
{
    /// <summary>
    /// Of the API: the format of requests and responses. Webhooks come in the version of their endpoint.
    /// </summary>
    public const string Version = "2025-08-27.basil";

    public Task<ApiAnswer> GetAsync(string path, Deadline deadline) => api.GetAsync(path, deadline);

    public Task<ApiAnswer> PostAsync(string path, StripeForm form, string key, Func<bool>? mayWrite, Deadline deadline) => api.SendAsync(
        HttpMethod.Post, path, new CommandContent(form.ToBytes(), StripeForm.ContentType, mayWrite), [("Idempotency-Key", key)], deadline);

    public Task<ApiAnswer> DeleteAsync(string path, Deadline deadline) =>
        api.SendAsync(HttpMethod.Delete, path, new CommandContent([], StripeForm.ContentType, null), [], deadline);

    /// <summary>Invoices that carry a command's mark. A search sees what is older than a minute, at times an hour.</summary>
    public Task<ApiAnswer> SearchInvoicesAsync(StripeKeys keys, Deadline deadline) =>
        GetAsync($"/v1/invoices/search?limit=2&query={Uri.EscapeDataString($"metadata[\"{StripeKeys.Command}\"]:\"{keys.Digest}\"")}",
            deadline);

    public Task<ApiAnswer> SearchCustomersAsync(string metadata, string number, Deadline deadline) =>
        GetAsync($"/v1/customers/search?limit=2&query={Uri.EscapeDataString($"metadata[\"{metadata}\"]:\"{Quoted(number)}\"")}", deadline);

    /// <summary>All items of a list, page by page with <c>starting_after</c>; the first answer that is none ends it.</summary>
    public async Task<(List<JsonElement> Items, ApiAnswer? Failed)> ListAsync(string path, Deadline deadline)
    {
        var items = new List<JsonElement>();
        string? after = null;
        while (true)
        {
            var page = await GetAsync($"{path}{(after is null ? "" : $"&starting_after={Uri.EscapeDataString(after)}")}", deadline);
            if (!page.IsOk || page.Member("data") is not { ValueKind: JsonValueKind.Array } data)
            {
                return (items, page);
            }

            items.AddRange(data.EnumerateArray());
            if (page.Member("has_more").ValueKind != JsonValueKind.True || data.GetArrayLength() == 0)
            {
                return (items, null);
            }

            after = StripeJson.Text(items[^1], "id");
        }
    }

    private static string Quoted(
        string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
