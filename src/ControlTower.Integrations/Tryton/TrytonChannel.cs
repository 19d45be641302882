using System.Diagnostics;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tryton.Commands;
using ControlTower.Integrations.Tryton.Polling;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tryton;

/// <summary>
/// One role of one Tryton: its content is polled; commands are done by calls whose result is read back.
/// </summary>
internal sealed class TrytonChannel(
    TrytonClient client, TrytonPoll poll, TrytonTest test, TrytonSettings settings, ConnectorPipeline pipeline, PipelineOptions options)
    : IConnectorChannel
{
    private static readonly ActivitySource Traces = new("ControlTower.Connectors");

    /// <summary>
    /// Only a call that makes a record could make a second one. All others find their record by number, read its state
    /// and continue from there, so that the same bytes again do no more.
    /// </summary>
    public UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind) =>
        commandKind == CommandKinds.CreateInvoice ? UnknownOutcomePolicy.LookupFirst : UnknownOutcomePolicy.NativeKey;

    public ChannelPace Pace() => pipeline.Pace();

    public ChannelFlow Flow() => pipeline.Flow();

    public Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation) =>
        pipeline.RunAsync(limited => SendOnceAsync(command, limited, cancellation), cancellation);

    public async Task<LookUpResult> LookUpAsync(CommandEnvelope command, CancellationToken cancellation)
    {
        if (command.Kind != CommandKinds.CreateInvoice || CommandDocument.Read(command) is not { } requested)
        {
            return LookUpResult.Unknown($"{command.Kind} is not looked up: it is sent again.");
        }

        using var limited = Limited(cancellation);
        try
        {
            var run = new CommandRun(client, settings, null, limited.Token);
            return await new InvoiceCommands(run).FindAsync(requested) is { } invoice
                ? InvoiceCommands.ReportedEvents(invoice)
                : new LookUpResult(LookUpOutcome.Absent,
                    Detail: $"Tryton has no invoice with reference {command.Key}, and none of the shipment.");
        }
        catch (RpcException failed) when (!cancellation.IsCancellationRequested)
        {
            return LookUpResult.Unknown(failed.Error.Message);
        }
    }

    public async Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        using var limited = Limited(cancellation, options.TimeoutSeconds * PollPatience);
        try
        {
            return await poll.ReadAsync(cursor, limited.Token);
        }
        catch (RpcException failed) when (!cancellation.IsCancellationRequested)
        {
            return new PollResult([], null, failed.Error.Message, failed.Error.Kind == RpcErrorKind.Unauthorised, failed.Error.RetryAfter);
        }
    }

    public async Task<TestResult> TestAsync(CancellationToken cancellation)
    {
        using var limited = Limited(cancellation);
        return await test.RunAsync(limited.Token);
    }

    /// <summary>A page is many calls.</summary>
    private const int PollPatience = 3;

    private CancellationTokenSource Limited(CancellationToken cancellation, int? seconds = null)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        source.CancelAfter(TimeSpan.FromSeconds(seconds ?? options.TimeoutSeconds));
        return source;
    }

    private async ValueTask<SendResult> SendOnceAsync(CommandEnvelope command, CancellationToken limited, CancellationToken caller)
    {
        using var span = Traces.StartActivity($"send {command.Kind}", ActivityKind.Client, command.TraceParent);
        if (CommandDocument.Read(command) is not { } requested)
        {
            return Outcome.Rejected("COMMAND_UNREADABLE", "The command's body is no event with data.");
        }

        var run = new CommandRun(client, settings, command.MayWrite, limited);
        try
        {
            return await DoAsync(run, requested);
        }
        catch (RpcException failed) when (!caller.IsCancellationRequested)
        {
            return Outcome.FromError(failed.Error, run.Acted, run.IsActing);
        }
    }

    private static Task<SendResult> DoAsync(CommandRun run, CommandDocument command) => command.Kind switch
    {
        CommandKinds.ReleaseFulfilment => new ShipmentCommands(run).ReleaseAsync(command),
        CommandKinds.CancelFulfilment => new ShipmentCommands(run).CancelAsync(command),
        CommandKinds.PostGoodsIssue => new ShipmentCommands(run).GoodsIssueAsync(command),
        CommandKinds.CreateInvoice => new InvoiceCommands(run).CreateAsync(command),
        CommandKinds.PostInvoice => new InvoiceCommands(run).PostAsync(command),
        CommandKinds.UpdateOrderStatus => new StageNote(run).WriteAsync(command),
        _ => Task.FromResult(Outcome.Rejected("NOT_SUPPORTED", $"Tryton takes no {command.Kind}.")),
    };
}
