using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Housekeeping;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlTower.Core.Persistence.Configurations;

internal sealed class SeenEventConfiguration : IEntityTypeConfiguration<SeenEvent>
{
    public void Configure(EntityTypeBuilder<SeenEvent> builder)
    {
        builder.ToTable("SeenEvent");
        builder.HasKey(e => new { e.Connector, e.DedupeKey });
        builder.Property(e => e.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(e => e.DedupeKey).HasMaxLength(32);
        builder.Property(e => e.ContentHash).HasMaxLength(32);
    }
}

internal sealed class ArchivedMessageConfiguration : IEntityTypeConfiguration<ArchivedMessage>
{
    public void Configure(EntityTypeBuilder<ArchivedMessage> builder)
    {
        builder.ToTable("InboxArchive");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(m => m.Source).HasMaxLength(Lengths.Source);
        builder.Property(m => m.EventId).HasMaxLength(Lengths.EventId);
        builder.Property(m => m.Type).HasMaxLength(Lengths.Name);
        builder.Property(m => m.Subject).HasMaxLength(Lengths.Source);

        // Old payloads are deleted kind by kind.
        builder.HasIndex(m => new { m.Type, m.AcceptedAt });
        builder.HasIndex(m => m.ArchivedAt);
    }
}

internal sealed class ArchivedCommandConfiguration : IEntityTypeConfiguration<ArchivedCommand>
{
    public void Configure(EntityTypeBuilder<ArchivedCommand> builder)
    {
        builder.ToTable("OutboxArchive");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Kind).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Series).HasColumnName("stem").HasMaxLength(Lengths.CommandKey);
        builder.Property(c => c.Key).HasMaxLength(Lengths.CommandKey);
        builder.Property(c => c.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(c => c.Site).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.ContentHash).HasMaxLength(Lengths.HexHash);
        builder.Property(c => c.Currency).HasMaxLength(3);
        builder.Property(c => c.ExternalId).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.ErrorCode).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.ErrorDetail).HasMaxLength(Lengths.Sentence);
        builder.HasIndex(c => new { c.TransactionId, c.Series, c.Number }).IsUnique();
        builder.HasIndex(c => c.Key);
        builder.HasIndex(c => new { c.Kind, c.CreatedAt }, "ix_outbox_archive_with_body").HasFilter("body IS NOT NULL");
    }
}

internal sealed class JobLeaseConfiguration : IEntityTypeConfiguration<JobLease>
{
    public void Configure(EntityTypeBuilder<JobLease> builder)
    {
        builder.ToTable("JobLease");
        builder.HasKey(l => l.Name);
        builder.Property(l => l.Name).HasMaxLength(Lengths.Code);
        builder.Property(l => l.Owner).HasMaxLength(Lengths.Name);
    }
}
