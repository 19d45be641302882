using System.Text.Json;
using ControlTower.Core.Administration;
using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Commands;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ControlTower.Web.Tests.Exceptions;

/// <summary>Orders with cases, written as the engine writes them.</summary>
internal sealed class CaseSeed(IServiceProvider services)
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static int s_count;

    /// <summary>An order of 500.00 USD at a site, under a new number.</summary>
    public async Task<TransactionRecord> OrderAsync(string site = "EAST-1")
    {
        await services.GetRequiredService<PolicyChanges>().SeedAsync();
        var number = $"SO-{Interlocked.Increment(ref s_count):0000}X{Guid.NewGuid():N}"[..16];
        var order = new TransactionRecord
        {
            Key = $"erp:{number}",
            ErpSystem = "erp",
            OrderNumber = number,
            State = "{}",
            LegalEntity = "1000",
            CustomerId = "C1",
            CustomerName = "Acme",
            Currency = "USD",
            Amount = 500,
            CorrelationId = new string('a', 32),
            CreatedAt = At,
            UpdatedAt = At,
        };
        await WriteAsync(db => db.Transactions.Add(order));
        await WriteAsync(db => db.TransactionSites.Add(new TransactionSite { TransactionId = order.Id, Site = site }));
        var reference = new DocumentReference { Kind = "order", Value = number };
        await WriteAsync(db => db.References.Add(reference));
        await WriteAsync(db =>
            db.ReferenceLinks.Add(new ReferenceLink { ReferenceId = reference.Id, System = "erp", TransactionId = order.Id }));
        return order;
    }

    /// <summary>A refused release at the warehouse, with its case.</summary>
    public Task<ExceptionCase> RefusedAsync(TransactionRecord order, string site = "EAST-1") =>
        TroubledAsync(order, site, CommandState.Rejected, AttemptOutcome.Rejected, ReasonCodes.LotSerialInvalid);

    /// <summary>A release with an unknown outcome, with its case.</summary>
    public Task<ExceptionCase> InDoubtAsync(TransactionRecord order, string site = "EAST-1") =>
        TroubledAsync(order, site, CommandState.OutcomeUnknown, AttemptOutcome.Unknown, ReasonCodes.OutcomeUnknown);

    private async Task<ExceptionCase> TroubledAsync(
        TransactionRecord order, string site, CommandState state, AttemptOutcome outcome, string reason)
    {
        var stem = CommandKeys.Series(CommandKinds.ReleaseFulfilment, order.OrderNumber, site);
        var command = new OutboxCommand
        {
            TransactionId = order.Id,
            Kind = CommandKinds.ReleaseFulfilment,
            Document = order.OrderNumber,
            Part = site,
            Series = stem,
            Number = 1,
            Key = CommandKeys.Key(stem, 1),
            Connector = state == CommandState.OutcomeUnknown ? "ledger" : "wms",
            Site = site,
            LegalEntity = "1000",
            Body = """{"data":{"lines":[{"line":"10","quantity":5}]}}"""u8.ToArray(),
            ContentHash = new string('b', 64),
            State = state,
            Attempts = 1,
            DueAt = At,
            CreatedAt = At,
            ErrorCode = "LOT_SERIAL_INVALID",
            ErrorDetail = "Lot 7 is unknown",
            TraceParent = $"00-{new string('a', 32)}-{new string('b', 16)}-01",
        };
        await WriteAsync(db => db.Commands.Add(command));
        await WriteAsync(db =>
            db.Attempts.Add(new CommandAttempt { CommandId = command.Id, Number = 1, StartedAt = At, EndedAt = At, Outcome = outcome }));
        return await CaseAsync(order, reason, $"{(state == CommandState.OutcomeUnknown ? "unknown" : "refused")}:{stem}", site, command.Id);
    }

    public async Task<ExceptionCase> CaseAsync(
        TransactionRecord order, string reason, string key, string? site = "EAST-1", long? command = null,
        DateTimeOffset? openedAt = null)
    {
        var sites = site is null ? await SitesOfAsync(order) : [site];
        var about = new ExceptionCase
        {
            CaseKey = $"{order.Key}|{key}",
            Origin = CaseOrigin.Condition,
            TransactionId = order.Id,
            CommandId = command,
            ReasonCode = reason,
            Team = ReasonCodes.Find(reason).Team,
            Site = site,
            LegalEntity = "1000",
            Sites = [.. sites.Select(at => new CaseSite { Site = at })],
            Connector = command is null ? null : "wms",
            Message = "The warehouse refused the release: lot 7 is unknown.",
            AmountAtRisk = 500,
            Currency = "USD",
            FailingField = command is null ? null : "data.lines[0].line",
            OpenedAt = openedAt ?? At,
            DueAt = At.AddHours(8),
            UpdatedAt = At,
        };
        await WriteAsync(db => db.Cases.Add(about));
        return about;
    }

    private async Task<List<string>> SitesOfAsync(TransactionRecord order)
    {
        await using var db = services.GetRequiredService<ITowerDb>().CreateReader();
        return await db.TransactionSites.Where(at => at.TransactionId == order.Id).Select(at => at.Site).ToListAsync();
    }

    /// <summary>A billing hold on shipment SH-1's invoice, with its case.</summary>
    public async Task<ExceptionCase> HeldAsync(TransactionRecord order, decimal amount = 500)
    {
        await HoldAsync(order, amount, "SH-1", 'c');
        return await CaseAsync(order, ReasonCodes.PodMissing, "POD_MISSING:SH-1");
    }

    /// <summary>A billing hold on a shipment's invoice.</summary>
    /// <param name="content">The character that its content hash is made of.</param>
    public Task HoldAsync(TransactionRecord order, decimal amount, string shipment, char content)
    {
        EvidenceItem[] evidence =
        [
            new("goods-issue.posted", $"Goods issue of {shipment}", true, At, "erp", "e1", 5),
            new("delivery.pod", $"Proof of delivery for {shipment}", false, null, null, null, null),
        ];
        return WriteAsync(db => db.Holds.Add(new TransactionHold
        {
            TransactionId = order.Id,
            HoldKey = $"billing:{shipment}",
            Kind = "billing",
            Stops = "invoice",
            Code = ReasonCodes.PodMissing,
            Reason = "Proof of delivery is missing",
            Document = order.OrderNumber,
            Part = shipment,
            Amount = amount,
            Currency = "USD",
            ContentHash = new string(content, 64),
            Evidence = JsonSerializer.Serialize(evidence, JsonSerializerOptions.Web),
            Since = At,
        }));
    }

    private async Task WriteAsync(Action<TowerDbContext> write)
    {
        await using var db = services.GetRequiredService<ITowerDb>().CreateDbContext();
        write(db);
        await db.SaveChangesAsync();
    }
}
