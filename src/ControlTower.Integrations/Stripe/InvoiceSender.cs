using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.Stripe;

/// <summary>
/// One attempt at one invoice: find the customer, create a draft, add the lines, finalise it. Each request has an
/// Idempotency-Key of its own made of the command's key, so a second attempt repeats the same steps and finds what
/// exists. When the command is so old that Stripe may have forgotten the keys, the invoice is looked up by its metadata
/// first. A rejection of a step deletes the draft.
/// </summary>
internal sealed class InvoiceSender(
    StripeApi api, StripeSettings settings, StripeKeys keys, InvoiceRequest request, Func<bool>? mayWrite, Deadline deadline)
{
    /// <summary>How often a failure that Stripe keeps with its key is retried under a new key.</summary>
    private const int Generations = 3;

    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    private readonly List<string> _items = [];
    private bool _wrote;

    /// <param name="lookUpFirst">The keys may be forgotten.</param>
    public async Task<SendResult> RunAsync(bool lookUpFirst)
    {
        var known = lookUpFirst ? await KnownAsync() : default;
        if (known.Ends is { } failed)
        {
            return failed;
        }

        if (known.Value is { } found && !StripeJson.IsDraft(found))
        {
            return StripeAnswers.Accepted(found);
        }

        var draft = known.Value is null ? await DraftAsync() : known;
        return draft.Ends ?? await FillAsync(draft.Value!.Value, isTakenUp: known.Value is not null);
    }

    private async Task<SendResult> FillAsync(JsonElement draft, bool isTakenUp)
    {
        _wrote = true;
        var id = StripeJson.Text(draft, "id")!;
        var (there, failed) = isTakenUp ? await LinesOfAsync(id) : (None, null);
        if (failed is not null)
        {
            return failed;
        }

        foreach (var line in request.Lines.Where(line => !there.Contains(line.Line)))
        {
            var item = await LineAsync(draft, id, line);
            if (item.Ends is { } refused)
            {
                return await RollBackAsync(id, refused);
            }

            _items.Add(StripeJson.Text(item.Value!.Value, "id")!);
        }

        var final = await FinaliseAsync(id);
        return final.Ends is { } ends ? await RollBackAsync(id, ends) : StripeAnswers.Accepted(final.Value!.Value);
    }

    private async Task<Step> KnownAsync()
    {
        var answer = await api.SearchInvoicesAsync(keys, deadline);
        return !answer.IsOk || answer.Member("data") is not { ValueKind: JsonValueKind.Array } found
            ? Step.End(StripeErrors.FromRead(answer, _wrote))
            : found.EnumerateArray().OrderBy(StripeJson.IsDraft).FirstOrDefault() is { ValueKind: JsonValueKind.Object } invoice
                ? Step.Done(invoice)
            : default;
    }

    private async Task<Step> CustomerAsync()
    {
        if (request.Customer.StartsWith("cus_", StringComparison.Ordinal))
        {
            return Step.Done(JsonSerializer.SerializeToElement(new { id = request.Customer }));
        }

        var answer = await api.SearchCustomersAsync(settings.CustomerKey, request.Customer, deadline);
        if (!answer.IsOk || answer.Member("data") is not { ValueKind: JsonValueKind.Array } found)
        {
            return Step.End(StripeErrors.FromRead(answer, _wrote));
        }

        return found.GetArrayLength() switch
        {
            1 => Step.Done(found[0]),
            0 => Step.End(Rejected(ReasonCodes.MasterGap, $"No customer of Stripe carries {settings.CustomerKey}={request.Customer}.")),
            _ => Step.End(Rejected(ReasonCodes.MasterGap, $"Several customers of Stripe carry {settings.CustomerKey}={request.Customer}.")),
        };
    }

    private async Task<Step> DraftAsync()
    {
        var customer = await CustomerAsync();
        if (customer.Value is not { } found)
        {
            return customer;
        }

        var id = StripeJson.Text(found, "id")!;
        var form = new StripeForm()
            .Add("customer", id)
            .Add("currency", request.Currency.ToLowerInvariant())
            .Add("collection_method", settings.Collection)
            .Add("days_until_due", settings.Collection == StripeSettings.SendInvoice ? settings.DaysUntilDue.ToString() : null)
            .Add("auto_advance", false)
            .Add("automatic_tax[enabled]", settings.AutomaticTax)
            .Add("pending_invoice_items_behavior", "exclude")
            .Metadata(StripeKeys.Command, keys.Digest)
            .Metadata(StripeKeys.Key, keys.CommandKey)
            .Metadata(StripeKeys.Order, request.Order)
            .Metadata(StripeKeys.Shipment, request.Shipment);
        return await PostAsync("/v1/invoices", form, "invoice", async () =>
        {
            var (invoices, failed) = await api.ListAsync($"/v1/invoices?limit=100&customer={Uri.EscapeDataString(id)}", deadline);
            return failed is null ? Found(invoices, invoice => StripeJson.Metadata(invoice, StripeKeys.Command) == keys.Digest) : failed;
        });
    }

    private async Task<Step> LineAsync(JsonElement draft, string invoice, RequestedLine line)
    {
        // What cannot be charged exactly was refused before the first request.
        var form = new StripeForm()
            .Add("customer", StripeJson.Text(draft, "customer"))
            .Add("invoice", invoice)
            .Add("amount", StripeMoney.ToMinor(line.Amount, request.Currency)!.Value)
            .Add("currency", request.Currency.ToLowerInvariant())
            .Add("description", line.Description)
            .Add("tax_behavior", settings.AutomaticTax ? "exclusive" : null)
            .Metadata(StripeKeys.Line, line.Line)
            .Metadata(StripeKeys.Quantity, line.Quantity?.ToString("0.######"));
        return await PostAsync("/v1/invoiceitems", form, $"line-{StripeKeys.Short(line.Line)[..12]}", async () =>
        {
            var (items, failed) = await api.ListAsync($"/v1/invoiceitems?limit=100&invoice={Uri.EscapeDataString(invoice)}", deadline);
            return failed is null ? Found(items, item => StripeJson.Metadata(item, StripeKeys.Line) == line.Line) : failed;
        });
    }

    private Task<Step> FinaliseAsync(string invoice) => PostAsync(
        $"/v1/invoices/{Uri.EscapeDataString(invoice)}/finalize", new StripeForm().Add("auto_advance", settings.AutoAdvance), "finalise",
        async () =>
        {
            var answer = await api.GetAsync($"/v1/invoices/{Uri.EscapeDataString(invoice)}", deadline);
            return !answer.IsOk || !StripeJson.IsDraft(answer.Json!.Value) ? answer : null;
        });

    /// <summary>Lines of a draft that an earlier attempt left.</summary>
    private async Task<(IReadOnlySet<string> There, SendResult? Failed)> LinesOfAsync(string invoice)
    {
        var (items, failed) = await api.ListAsync($"/v1/invoiceitems?limit=100&invoice={Uri.EscapeDataString(invoice)}", deadline);
        return failed is not null
            ? (None, StripeErrors.FromRead(failed, _wrote))
            : (items.Select(item => StripeJson.Metadata(item, StripeKeys.Line)).OfType<string>().ToHashSet(StringComparer.Ordinal), null);
    }

    /// <summary>
    /// Posts under the step's key. Stripe keeps its own failures (5xx) with the key for a day: then its records show
    /// whether the request had its effect, and if it had none, the request is made under a further key.
    /// </summary>
    private async Task<Step> PostAsync(string path, StripeForm form, string step, Func<Task<ApiAnswer?>> look)
    {
        var answer = new ApiAnswer(0, null);
        for (var generation = 1; generation <= Generations; generation++)
        {
            answer = await api.PostAsync(path, form, keys.For(step, generation), mayWrite, deadline);
            if (answer is not { Status: >= 500, IsReplayed: true })
            {
                break;
            }

            if (await look() is { } there)
            {
                return there.IsOk ? Step.Done(there.Json!.Value) : Step.End(StripeErrors.FromAnswer(there, wrote: true));
            }
        }

        return answer.IsOk ? Step.Done(answer.Json!.Value) : Step.End(StripeErrors.FromAnswer(answer, _wrote));
    }

    /// <summary>
    /// After a rejection: deletes the lines, then the draft. A draft that cannot be removed is reported; it is no
    /// invoice and never becomes one by itself.
    /// </summary>
    private async Task<SendResult> RollBackAsync(string invoice, SendResult ends)
    {
        if (ends.Outcome != SendOutcome.Rejected)
        {
            return ends;
        }

        foreach (var path in _items.Select(item => $"/v1/invoiceitems/{item}").Append($"/v1/invoices/{invoice}"))
        {
            if (await api.DeleteAsync(path, deadline) is { IsOk: false, Status: not 404 })
            {
                return ends with { Detail = $"{ends.Detail} The draft {invoice} is left at Stripe; delete it there." };
            }
        }

        return ends;
    }

    private static ApiAnswer? Found(List<JsonElement> items, Func<JsonElement, bool> isIt) =>
        items.FirstOrDefault(isIt) is { ValueKind: JsonValueKind.Object } found ? new ApiAnswer(200, found) : null;

    private static SendResult Rejected(string code, string detail) => new(SendOutcome.Rejected, Code: code, Detail: detail);
}
