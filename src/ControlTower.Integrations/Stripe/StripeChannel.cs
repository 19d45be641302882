using System.Text.Json;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Integrations.Http;

namespace ControlTower.Integrations.Stripe;

/// <summary>Stripe as billing engine of one registered account.</summary>
internal sealed class StripeChannel(
    StripeApi api, ConnectorPipeline pipeline, PipelineOptions options, StripeSettings settings, TowerClocks clocks) : IConnectorChannel
{
    /// <summary>Stripe keeps a key for 24 hours at least; younger commands rely on it, older ones are looked up first.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(23);

    /// <summary>A search sees what is older than a minute, and at times only what is older than an hour.</summary>
    private static readonly TimeSpan SearchLag = TimeSpan.FromHours(1);

    private readonly StripePolling _polling = new(api, clocks.System);

    /// <summary>
    /// The same bytes under the same key: the channel itself looks up what is older than Stripe's keys, and continues
    /// where it ended.
    /// </summary>
    public UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind) =>
        commandKind == CommandKinds.CreateInvoice ? UnknownOutcomePolicy.NativeKey : UnknownOutcomePolicy.Never;

    /// <summary>
    /// For ever: what Stripe has forgotten by its key is known by its metadata, and looked up before anything is made
    /// again.
    /// </summary>
    public TimeSpan KeysKept(string commandKind) => TimeSpan.MaxValue;

    public TimeSpan? SettleTime(string commandKind) => SearchLag;

    public ChannelPace Pace() => pipeline.Pace();

    public ChannelFlow Flow() => pipeline.Flow();

    public async Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation)
    {
        if (command.Kind != CommandKinds.CreateInvoice)
        {
            return new SendResult(SendOutcome.Rejected, Code: "COMMAND_UNSUPPORTED",
                Detail: $"Stripe takes create-invoice, not {command.Kind}.");
        }

        if (InvoiceRequest.Read(command) is not { Lines.Count: > 0 } request)
        {
            return new SendResult(SendOutcome.Rejected, Code: ReasonCodes.SchemaInvalid,
                Detail: "The command does not say currency, customer, net and lines with amounts.");
        }

        if (request.Lines.FirstOrDefault(line => StripeMoney.ToMinor(line.Amount, request.Currency) is null) is { } odd)
        {
            return new SendResult(
                SendOutcome.Rejected, Code: "AMOUNT_NOT_CHARGEABLE",
                Detail: $"Line {odd.Line}: Stripe cannot charge exactly {odd.Amount:0.####} {request.Currency}.");
        }

        var keys = new StripeKeys(settings.KeyPrefix, command.Key);
        return await pipeline.RunAsync(
            async limited => await new InvoiceSender(api, settings, keys, request, command.MayWrite, new Deadline(limited, cancellation))
                .RunAsync(IsOld(request)), cancellation);
    }

    public async Task<LookUpResult> LookUpAsync(CommandEnvelope command, CancellationToken cancellation)
    {
        using var limit = Limit(cancellation);
        var answer = await api.SearchInvoicesAsync(
            new StripeKeys(settings.KeyPrefix, command.Key), new Deadline(limit.Token, cancellation));
        if (!answer.IsOk || answer.Member("data") is not { ValueKind: JsonValueKind.Array } found)
        {
            return LookUpResult.Unknown(StripeErrors.FromRead(answer, wrote: false).Detail ?? "Stripe did not answer.");
        }

        return found.EnumerateArray().FirstOrDefault(invoice => !StripeJson.IsDraft(invoice)) is { ValueKind: JsonValueKind.Object } issued
            ? StripeAnswers.Found(issued)
            : new LookUpResult(LookUpOutcome.Absent, Detail: found.GetArrayLength() == 0
                ? "No invoice of Stripe carries the command."
                : "Stripe has a draft, which was never finalised.");
    }

    public async Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        using var limited = Limit(cancellation);
        return await _polling.ReadAsync(cursor, new Deadline(limited.Token, cancellation));
    }

    public async Task<TestResult> TestAsync(CancellationToken cancellation)
    {
        using var limited = Limit(cancellation);
        var answer = await api.GetAsync("/v1/invoices?limit=1", new Deadline(limited.Token, cancellation));
        if (answer.IsOk && answer.Member("data").ValueKind == JsonValueKind.Array)
        {
            return new TestResult([new TestStep("Stripe took the API key.", true),
                new TestStep("A page of invoices was read; nothing was written.", true)]);
        }

        var reported = answer.Status is 401 or 403
            ? $"Stripe answered {answer.Status}: it refuses the API key."
            : PageError.From(answer, "Stripe").Error!;
        return new TestResult([new TestStep(reported, false)]);
    }

    private bool IsOld(InvoiceRequest request) => request.DecidedAt is not { } decided || clocks.BusinessNow - decided > KeyLife;

    private CancellationTokenSource Limit(CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        return limit;
    }
}
