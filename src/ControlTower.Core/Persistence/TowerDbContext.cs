using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Cases;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Housekeeping;
using ControlTower.Core.Persistence.Inbox;
using ControlTower.Core.Persistence.Outbox;
using ControlTower.Core.Persistence.People;
using ControlTower.Core.Persistence.Policies;
using ControlTower.Core.Persistence.Publishing;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Persistence;

/// <summary>
/// The tower's one model. PostgreSQL and SQL Server have a derived context each, so that each keeps its own migrations.
/// </summary>
public abstract class TowerDbContext(DbContextOptions options)
    : IdentityDbContext<TowerUser, IdentityRole<long>, long>(options), IDataProtectionKeyContext
{
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    public DbSet<Arrival> Arrivals => Set<Arrival>();

    public DbSet<Retraction> Retractions => Set<Retraction>();

    public DbSet<DeferredReference> DeferredReferences => Set<DeferredReference>();

    public DbSet<TransactionRecord> Transactions => Set<TransactionRecord>();

    public DbSet<CaseSite> CaseSites => Set<CaseSite>();

    public DbSet<TransactionSite> TransactionSites => Set<TransactionSite>();

    public DbSet<TransactionCount> TransactionCounts => Set<TransactionCount>();

    public DbSet<TransactionEvent> TransactionEvents => Set<TransactionEvent>();

    public DbSet<DocumentReference> References => Set<DocumentReference>();

    public DbSet<ReferenceLink> ReferenceLinks => Set<ReferenceLink>();

    public DbSet<CustomerLink> CustomerLinks => Set<CustomerLink>();

    public DbSet<CustomerWord> CustomerWords => Set<CustomerWord>();

    public DbSet<TransactionHold> Holds => Set<TransactionHold>();

    public DbSet<SeenEvent> SeenEvents => Set<SeenEvent>();

    public DbSet<ArchivedMessage> ArchivedMessages => Set<ArchivedMessage>();

    public DbSet<ArchivedCommand> ArchivedCommands => Set<ArchivedCommand>();

    public DbSet<JobLease> JobLeases => Set<JobLease>();

    public DbSet<OutboxCommand> Commands => Set<OutboxCommand>();

    public DbSet<CommandAttempt> Attempts => Set<CommandAttempt>();

    public DbSet<Publication> Publications => Set<Publication>();

    public DbSet<ExceptionCase> Cases => Set<ExceptionCase>();

    public DbSet<CaseNote> CaseNotes => Set<CaseNote>();

    public DbSet<ApprovalRequest> Approvals => Set<ApprovalRequest>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<AuditChainHead> AuditHeads => Set<AuditChainHead>();

    public DbSet<AuditTopHead> AuditTopHeads => Set<AuditTopHead>();

    public DbSet<ConnectorRecord> Connectors => Set<ConnectorRecord>();

    public DbSet<CodeMapRecord> CodeMaps => Set<CodeMapRecord>();

    public DbSet<ConnectorFlowRecord> ConnectorFlows => Set<ConnectorFlowRecord>();

    public DbSet<ConnectorHour> ConnectorHours => Set<ConnectorHour>();

    public DbSet<CommandModeRecord> CommandModes => Set<CommandModeRecord>();

    public DbSet<SiteRecord> Sites => Set<SiteRecord>();

    public DbSet<PolicyRecord> Policies => Set<PolicyRecord>();

    public DbSet<UserScope> UserScopes => Set<UserScope>();

    public DbSet<UserSession> UserSessions => Set<UserSession>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(TowerDbContext).Assembly);
        SnakeCase.Apply(builder);
        CollateBusinessKeys(builder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<decimal>().HavePrecision(19, 4);
        configuration.Properties<DateTimeOffset>().HaveConversion<UtcMicrosecondsConverter>();
    }

    /// <summary>Collation under which text compares by its bytes: <c>C</c> or <c>Latin1_General_100_BIN2_UTF8</c>.</summary>
    protected abstract string BinaryCollation { get; }

    private void CollateBusinessKeys(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes()
            .Where(entity => IsOurs(entity.ClrType))
            .SelectMany(entity => entity.GetProperties())
            .Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is not null))
        {
            property.SetCollation(BinaryCollation);
        }
    }

    private static bool IsOurs(Type entity) =>
        (entity.Namespace?.StartsWith("ControlTower.", StringComparison.Ordinal) == true && entity != typeof(TowerUser))
            || entity == typeof(DataProtectionKey);
}
