using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ControlTower.Integrations.Stripe;

namespace ControlTower.Testing.Vendors;

/// <summary>
/// Stripe as its API describes it: form bodies, keys kept for a day with the answer they got (5xx included), lists
/// newest first with <c>starting_after</c> and <c>has_more</c>, searches that lag, drafts that can be deleted, events.
/// Tests count its books.
/// </summary>
internal sealed partial class FakeStripe : VendorServer
{
    public const string Key = "sk_test_tower";
    public const string Secret = "whsec_test";

    private readonly Dictionary<string, Kept> _keys = new(StringComparer.Ordinal);
    private int _numbers;

    private TimeProvider? _clock;
    private DateTimeOffset _now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Does not move, unless the double was started with a clock.</summary>
    public DateTimeOffset Now
    {
        get => _clock?.GetUtcNow() ?? _now;
        set => _now = value;
    }

    public TimeSpan SearchLag { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Oldest first, as all books below.</summary>
    public List<JsonObject> Invoices { get; } = [];

    public List<JsonObject> Items { get; } = [];

    public List<JsonObject> Events { get; } = [];

    public List<JsonObject> Customers { get; } = [];

    /// <summary>The error that finalising answers instead.</summary>
    public (string Code, string Message)? RefusesToFinalise { get; set; }

    public (string Code, string Param)? RefusesItems { get; set; }

    public IEnumerable<JsonObject> Issued => Invoices.Where(invoice => (string)invoice["status"]! != "draft");

    /// <summary>The POST requests for an order, including those for an existing invoice of the order.</summary>
    public List<PartnerCall> PostsOf(string order)
    {
        lock (Books)
        {
            return [.. Calls.Where(call => call.Method == "POST" && OrderOf(call) == order)];
        }
    }

    public static async Task<FakeStripe> StartAsync(TimeProvider? clock = null)
    {
        var server = new FakeStripe { _clock = clock };
        server.Customers.Add(new JsonObject
            { ["id"] = "cus_1", ["object"] = "customer", ["metadata"] = new JsonObject { ["tower_customer"] = "C-1001" } });
        await server.OpenAsync();
        return server;
    }

    public static (byte[] Body, string Signature) Webhook(JsonObject @event, DateTimeOffset at, params string[] secrets)
    {
        var body = Encoding.UTF8.GetBytes(@event.ToJsonString());
        return (body, StripeSignature.Sign(secrets.Length == 0 ? [Secret] : secrets, at, body));
    }

    /// <summary>Adds the event that an invoice of its books was paid.</summary>
    public JsonObject Pay(JsonObject invoice)
    {
        lock (Books)
        {
            invoice["status"] = "paid";
            invoice["amount_paid"] = (long)invoice["total"]!;
            invoice["status_transitions"]!["paid_at"] = Now.ToUnixTimeSeconds();
            return Say("invoice.paid", invoice);
        }
    }

    public JsonObject Say(string type, JsonObject about)
    {
        var @event = new JsonObject
        {
            ["id"] = $"evt_{Events.Count + 1:00000}", ["object"] = "event", ["api_version"] = StripeApi.Version,
            ["created"] = Now.ToUnixTimeSeconds(), ["type"] = type,
            ["pending_webhooks"] = 1, ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
            ["data"] = new JsonObject { ["object"] = about.DeepClone() },
        };
        Events.Add(@event);
        return @event;
    }

    public JsonObject Void(JsonObject invoice)
    {
        invoice["status"] = "void";
        invoice["status_transitions"]!["voided_at"] = Now.ToUnixTimeSeconds();
        return Say("invoice.voided", invoice);
    }

    protected override string? OrderOf(PartnerCall call) =>
        (call.Method, call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
    {
        ("GET", _) => null,
        ("POST", ["v1", "invoices"]) => Form(call).GetValueOrDefault("metadata[tower_order]"),
        ("POST", ["v1", "invoiceitems"]) => OrderOf(Find(Invoices, Form(call)["invoice"])),
        (_, ["v1", "invoices", var id, ..]) => OrderOf(Find(Invoices, id)),
        (_, ["v1", "invoiceitems", var id]) => Find(Items, id) is { } item ? OrderOf(Find(Invoices, (string)item["invoice"]!)) : null,
        _ => null,
    };

    protected override Reply Answer(PartnerCall call, VendorFailure? mishap) =>
        call.Headers.GetValueOrDefault("Authorization") != $"Bearer {Key}"
            ? Error(401, "invalid_request_error", null, "Invalid API Key provided")
        : call.Headers.GetValueOrDefault("Stripe-Version") != StripeApi.Version
            ? Error(400, "invalid_request_error", null, "No version pinned")
        : call.Method == "POST" ? Once(call, mishap)
        : mishap is VendorFailure.Fails or VendorFailure.FailsAfter ? Error(500, "api_error", null, "Something went wrong")
        : Do(call);

    private Reply Once(PartnerCall call, VendorFailure? mishap)
    {
        if (call.Headers.GetValueOrDefault("Idempotency-Key") is not { Length: > 0 and <= 255 } key)
        {
            return Error(400, "invalid_request_error", null, "The tower always sends a key");
        }

        if (_keys.TryGetValue(key, out var kept) && Now - kept.At < TimeSpan.FromHours(24))
        {
            return kept.Asked == call.Path + call.Body
                ? kept.Reply with { IsReplayed = true }
                : Error(400, "idempotency_error", null,
                    "Keys for idempotent requests can only be used with the same parameters they were first used with.");
        }

        var reply = mishap == VendorFailure.Fails ? Error(500, "api_error", null, "Something went wrong") : Do(call);
        reply = mishap == VendorFailure.FailsAfter ? Error(500, "api_error", null, "Something went wrong") : reply;
        _keys[key] = new Kept(call.Path + call.Body, reply, Now);
        return reply;
    }

    private Reply Do(PartnerCall call)
    {
        var form = Form(call);
        return (call.Method, call.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("POST", ["v1", "invoices"]) => Create(form),
            ("POST", ["v1", "invoiceitems"]) => AddItem(form),
            ("POST", ["v1", "invoices", var id, "finalize"]) => Finalise(id, form),
            ("DELETE", ["v1", "invoices", var id]) => Delete(Invoices, id, invoice => (string)invoice["status"]! == "draft"),
            ("DELETE", ["v1", "invoiceitems", var id]) => Delete(Items, id, _ => true),
            ("GET", ["v1", "invoices", "search"]) =>
                Search(Invoices.Where(invoice => Now.AddSeconds(1) - Created(invoice) > SearchLag), call.Of("query")!),
            ("GET", ["v1", "customers", "search"]) => Search(Customers, call.Of("query")!),
            ("GET", ["v1", "invoices"]) =>
                List(Invoices.Where(invoice => call.Of("customer") is not { } customer || (string)invoice["customer"]! == customer), call),
            ("GET", ["v1", "invoiceitems"]) => List(Items.Where(item => (string?)item["invoice"] == call.Of("invoice")), call),
            ("GET", ["v1", "events"]) => List(Events.Where(item => IsAskedFor(item, call)), call),
            ("GET", ["v1", "invoices", var id]) =>
                Find(Invoices, id) is { } found ? new Reply(200, found.ToJsonString()) : Missing("invoice"),
            _ => Error(404, "invalid_request_error", "resource_missing", "Unrecognized request URL"),
        };
    }

    private static Dictionary<string, string> Form(PartnerCall call) =>
        call.Body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
        .ToDictionary(pair => WebUtility.UrlDecode(pair[0]), pair => WebUtility.UrlDecode(pair[1]), StringComparer.Ordinal);

    private static string? OrderOf(JsonObject? invoice) => (string?)invoice?["metadata"]!["tower_order"];

    private Reply Create(Dictionary<string, string> form)
    {
        if (Find(Customers, form["customer"]) is null)
        {
            return Missing("customer");
        }

        var invoice = new JsonObject
        {
            ["id"] = $"in_{Invoices.Count + 1:0000}", ["object"] = "invoice", ["status"] = "draft", ["number"] = null,
            ["customer"] = form["customer"], ["currency"] = form["currency"],
            ["created"] = Now.ToUnixTimeSeconds(), ["auto_advance"] = form["auto_advance"] == "true", ["metadata"] = Metadata(form),
            ["subtotal"] = 0, ["total"] = 0,
            ["status_transitions"] = new JsonObject { ["finalized_at"] = null, ["voided_at"] = null, ["paid_at"] = null },
            ["automatic_tax"] = form["automatic_tax[enabled]"] == "true",
        };
        Invoices.Add(invoice);
        return new Reply(200, invoice.ToJsonString());
    }

    private Reply AddItem(Dictionary<string, string> form)
    {
        if (RefusesItems is { } refusal)
        {
            return Error(400, "invalid_request_error", refusal.Code, "Refused", refusal.Param);
        }

        if (Find(Invoices, form["invoice"]) is not { } invoice || (string)invoice["status"]! != "draft")
        {
            return Error(400, "invalid_request_error", "invoice_not_editable", "The invoice is finalised");
        }

        var item = new JsonObject
        {
            ["id"] = $"ii_{Items.Count + 1:0000}", ["object"] = "invoiceitem", ["invoice"] = form["invoice"],
            ["amount"] = long.Parse(form["amount"], CultureInfo.InvariantCulture),
            ["currency"] = form["currency"], ["description"] = form["description"], ["metadata"] = Metadata(form),
            ["created"] = Now.ToUnixTimeSeconds(),
        };
        Items.Add(item);
        return new Reply(200, item.ToJsonString());
    }

    private Reply Finalise(string id, Dictionary<string, string> form)
    {
        if (RefusesToFinalise is { } refusal)
        {
            return Error(400, "invalid_request_error", refusal.Code, refusal.Message);
        }

        if (Find(Invoices, id) is not { } invoice || (string)invoice["status"]! != "draft")
        {
            return Error(400, "invalid_request_error", "invoice_not_editable", "This invoice is already finalized");
        }

        var lines = Items.Where(item => (string)item["invoice"]! == id).ToList();
        var net = lines.Sum(item => (long)item["amount"]!);
        var tax = (bool)invoice["automatic_tax"]! ? net / 5 : 0;
        invoice["status"] = "open";
        invoice["auto_advance"] = form["auto_advance"] == "true";
        invoice["number"] = $"TWR-{++_numbers:0000}";
        (invoice["subtotal"], invoice["total_excluding_tax"], invoice["total"]) = (net, net, net + tax);
        invoice["status_transitions"]!["finalized_at"] = Now.ToUnixTimeSeconds();
        invoice["lines"] = new JsonObject
        {
            ["object"] = "list", ["has_more"] = lines.Count > 10,
            ["data"] = new JsonArray([.. lines.Take(10).Select(item => (JsonNode)new JsonObject
            {
                ["id"] = $"il_{(string)item["id"]!}", ["amount"] = (long)item["amount"]!, ["description"] = (string?)item["description"],
                ["metadata"] = item["metadata"]!.DeepClone(),
            })]),
        };
        Say("invoice.finalized", invoice);
        return new Reply(200, invoice.ToJsonString());
    }
}
