using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlTower.Core.Persistence.Configurations;

internal sealed class TransactionRecordConfiguration : IEntityTypeConfiguration<TransactionRecord>
{
    public void Configure(EntityTypeBuilder<TransactionRecord> builder)
    {
        builder.ToTable("Transaction");
        builder.Ignore(t => t.NewState);
        builder.Property(t => t.Key).HasMaxLength(Lengths.TransactionKey);
        builder.Property(t => t.ErpSystem).HasMaxLength(Lengths.Connector);
        builder.Property(t => t.OrderNumber).HasMaxLength(Lengths.BusinessKey);
        builder.Property(t => t.LegalEntity).HasMaxLength(Lengths.Code);
        builder.Property(t => t.Region).HasMaxLength(Lengths.BusinessKey);
        builder.Property(t => t.CustomerId).HasMaxLength(Lengths.BusinessKey);
        builder.Property(t => t.CustomerName).HasMaxLength(Lengths.Name);
        builder.Property(t => t.Segment).HasMaxLength(Lengths.Code);
        builder.Property(t => t.Carrier).HasMaxLength(Lengths.Code);
        builder.Property(t => t.Currency).HasMaxLength(3);
        builder.Property(t => t.CorrelationId).HasMaxLength(32);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasIndex(t => t.Key).IsUnique();

        // Newest first is how every list opens; the key columns make paging by key a range scan. Every change of a row
        // writes all indexes it is in: those of open transactions leave out posted ones, which are nearly all and found
        // by the first index.
        builder.HasIndex(t => new { t.UpdatedAt, t.Id });
        builder.HasIndex(t => new { t.Stage, t.UpdatedAt, t.Id }, "ix_transaction_stage")
            .HasFilter($"stage <> {TransactionStage.Posted:D}");
        builder.HasIndex(t => new { t.UpdatedAt, t.Id }, "ix_transaction_open").HasFilter($"stage < {TransactionStage.Posted:D}");
        builder.HasIndex(t => new { t.Health, t.UpdatedAt, t.Id }, "ix_transaction_troubled")
            .HasFilter($"health <> {TransactionHealth.Ok:D}");
        builder.HasIndex(t => new { t.Region, t.UpdatedAt, t.Id });
        builder.HasIndex(t => new { t.NextLookAt, t.Id }, "ix_transaction_next_look").HasFilter("next_look_at IS NOT NULL");
        builder.HasIndex(t => t.CorrelationId);

        // Ended transactions whose commands wait to leave the outbox, the longest unchanged first.
        builder.HasIndex(t => new { t.UpdatedAt, t.Id }, "ix_transaction_ended")
            .HasFilter($"stage >= {TransactionStage.Posted:D} AND health = {TransactionHealth.Ok:D} AND commands_archived_at IS NULL");

        // The latest cohorts of the key figures.
        builder.HasIndex(t => new { t.ShippedAt, t.Id }, "ix_transaction_shipped").HasFilter("shipped_at IS NOT NULL");
        builder.HasIndex(t => new { t.DeliveredAt, t.Id }, "ix_transaction_delivered").HasFilter("delivered_at IS NOT NULL");
    }
}

internal sealed class TransactionCountConfiguration : IEntityTypeConfiguration<TransactionCount>
{
    public void Configure(EntityTypeBuilder<TransactionCount> builder)
    {
        builder.ToTable("TransactionCount");
        builder.Property(c => c.Sites).HasMaxLength(TransactionCount.MostOfSites);
        builder.Property(c => c.LegalEntity).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Currency).HasMaxLength(3);
        builder.HasIndex(c => new { c.Hour, c.Id });
    }
}

internal sealed class TransactionSiteConfiguration : IEntityTypeConfiguration<TransactionSite>
{
    public void Configure(EntityTypeBuilder<TransactionSite> builder)
    {
        builder.ToTable("TransactionSite");
        builder.HasKey(s => new { s.TransactionId, s.Site });
        builder.Property(s => s.Site).HasMaxLength(Lengths.BusinessKey);
        builder.HasIndex(s => new { s.Site, s.TransactionId });
    }
}

internal sealed class TransactionEventConfiguration : IEntityTypeConfiguration<TransactionEvent>
{
    public void Configure(EntityTypeBuilder<TransactionEvent> builder)
    {
        builder.ToTable("TransactionEvent");
        builder.Property(e => e.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(e => e.Milestone).HasMaxLength(Lengths.Code);
        builder.Property(e => e.Subject).HasMaxLength(Lengths.Source);

        // A fact about several transactions is applied once to each.
        builder.HasIndex(e => new { e.TransactionId, e.MessageId }).IsUnique();
        builder.HasIndex(e => e.MessageId);
    }
}

internal sealed class DocumentReferenceConfiguration : IEntityTypeConfiguration<DocumentReference>
{
    public void Configure(EntityTypeBuilder<DocumentReference> builder)
    {
        builder.ToTable("DocumentReference");
        builder.Property(r => r.Kind).HasMaxLength(Lengths.Code);
        builder.Property(r => r.Value).HasMaxLength(Lengths.Source);

        // Search takes any identifier, whatever its kind: the value leads.
        builder.HasIndex(r => new { r.Value, r.Kind }).IsUnique();
        builder.Property(r => r.Digits).HasMaxLength(InnerDigits.Most);
        builder.HasIndex(r => new { r.Digits, r.Id }, "ix_document_reference_digits").HasFilter("digits <> ''");

        // What an older version wrote, for the job that fills it: empty once that is done.
        builder.HasIndex(r => r.Id, "ix_document_reference_unfilled").HasFilter("digits IS NULL");
    }
}

internal sealed class CustomerLinkConfiguration : IEntityTypeConfiguration<CustomerLink>
{
    public void Configure(EntityTypeBuilder<CustomerLink> builder)
    {
        builder.ToTable("CustomerLink");
        builder.HasKey(l => new { l.Customer, l.TransactionId });
    }
}

internal sealed class CustomerWordConfiguration : IEntityTypeConfiguration<CustomerWord>
{
    public void Configure(EntityTypeBuilder<CustomerWord> builder)
    {
        builder.ToTable("CustomerWord");
        builder.HasKey(w => new { w.Text, w.Customer });
        builder.Property(w => w.Text).HasMaxLength(CustomerText.Most);
    }
}

internal sealed class ReferenceLinkConfiguration : IEntityTypeConfiguration<ReferenceLink>
{
    public void Configure(EntityTypeBuilder<ReferenceLink> builder)
    {
        builder.ToTable("ReferenceLink");
        builder.HasKey(l => new { l.ReferenceId, l.System, l.TransactionId });
        builder.Property(l => l.System).HasMaxLength(Lengths.BusinessKey);
        builder.HasIndex(l => l.TransactionId);
    }
}

internal sealed class TransactionHoldConfiguration : IEntityTypeConfiguration<TransactionHold>
{
    public void Configure(EntityTypeBuilder<TransactionHold> builder)
    {
        builder.ToTable("TransactionHold");
        builder.Property(h => h.HoldKey).HasMaxLength(Lengths.CommandKey);
        builder.Property(h => h.Kind).HasMaxLength(Lengths.Code);
        builder.Property(h => h.Stops).HasMaxLength(Lengths.Code);
        builder.Property(h => h.Code).HasMaxLength(Lengths.BusinessKey);
        builder.Property(h => h.Reason).HasMaxLength(Lengths.Sentence);
        builder.Property(h => h.Document).HasMaxLength(Lengths.BusinessKey);
        builder.Property(h => h.Part).HasColumnName("slice").HasMaxLength(Lengths.BusinessKey);
        builder.Property(h => h.Currency).HasMaxLength(3);
        builder.Property(h => h.ContentHash).HasMaxLength(Lengths.HexHash);
        builder.HasIndex(h => new { h.TransactionId, h.HoldKey });
        builder.HasIndex(h => new { h.Kind, h.Since, h.Id }, "ix_transaction_hold_standing").HasFilter("closed_at IS NULL");
    }
}
