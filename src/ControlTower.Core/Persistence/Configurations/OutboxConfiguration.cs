using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlTower.Core.Persistence.Configurations;

internal sealed class OutboxCommandConfiguration : IEntityTypeConfiguration<OutboxCommand>
{
    public void Configure(EntityTypeBuilder<OutboxCommand> builder)
    {
        builder.ToTable("OutboxCommand");
        builder.Ignore(c => c.TransactionKey);
        builder.Property(c => c.Kind).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Document).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.Part).HasColumnName("slice").HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.Series).HasColumnName("stem").HasMaxLength(Lengths.CommandKey);
        builder.Property(c => c.Key).HasMaxLength(Lengths.CommandKey);
        builder.Property(c => c.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(c => c.Site).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.LegalEntity).HasMaxLength(Lengths.Code);
        builder.Property(c => c.ContentHash).HasMaxLength(Lengths.HexHash);
        builder.Property(c => c.Currency).HasMaxLength(3);
        builder.Property(c => c.LeaseOwner).HasMaxLength(Lengths.Name);
        builder.Property(c => c.ExternalId).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.ErrorCode).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.ErrorDetail).HasMaxLength(Lengths.Sentence);
        builder.Property(c => c.TraceParent).HasMaxLength(Lengths.Code);

        // Two ERPs may use one order number: the key is unique within its transaction, the connector tells it apart outside.
        builder.HasIndex(c => new { c.TransactionId, c.Series, c.Number }).IsUnique();
        builder.HasIndex(c => c.Key);

        // In the order in which senders take them.
        builder.HasIndex(c => new { c.Connector, c.RankAt, c.Id, c.DueAt }, "ix_outbox_command_due")
            .HasFilter($"state = {CommandState.Pending:D}");
        builder.HasIndex(c => new { c.LeaseUntil, c.Id }, "ix_outbox_command_leased").HasFilter($"state = {CommandState.Sending:D}");
        builder.HasIndex(c => new { c.State, c.DueAt, c.Id }, "ix_outbox_command_doubt")
            .HasFilter($"state IN ({CommandState.OutcomeUnknown:D}, {CommandState.LookingUp:D})");

        // What no connector takes, counted by gap.
        builder.HasIndex(c => new { c.Kind, c.LegalEntity, c.Site, c.Id }, "ix_outbox_command_unrouted")
            .HasFilter($"state = {CommandState.Unrouted:D}");

        // What is sent under a key never changes; a trigger protects it against every other writer as well.
        foreach (var property in new[] { "TransactionId", "Kind", "Document", "Part", "Series", "Number", "Key", "Body", "ContentHash" })
        {
            builder.Property(property).Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Throw);
        }
    }
}

internal sealed class ConnectorFlowConfiguration : IEntityTypeConfiguration<ConnectorFlowRecord>
{
    public void Configure(EntityTypeBuilder<ConnectorFlowRecord> builder)
    {
        builder.ToTable("ConnectorFlow");
        builder.HasKey(f => new { f.Connector, f.Node });
        builder.Property(f => f.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(f => f.Node).HasMaxLength(Lengths.Name);
    }
}

internal sealed class ConnectorHourConfiguration : IEntityTypeConfiguration<ConnectorHour>
{
    public void Configure(EntityTypeBuilder<ConnectorHour> builder)
    {
        builder.ToTable("ConnectorHour");
        builder.Property(h => h.Connector).HasMaxLength(Lengths.Connector);

        // A connector's last hours, the first hour of all, and hours that are no longer kept.
        builder.HasIndex(h => new { h.Hour, h.Connector });
    }
}

internal sealed class CommandAttemptConfiguration : IEntityTypeConfiguration<CommandAttempt>
{
    public void Configure(EntityTypeBuilder<CommandAttempt> builder)
    {
        builder.ToTable("CommandAttempt");
        builder.Property(a => a.Detail).HasMaxLength(Lengths.Sentence);
        builder.HasIndex(a => new { a.CommandId, a.Number }).IsUnique();
    }
}
