using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlTower.Core.Persistence.Configurations;

internal sealed class InboxMessageConfiguration : IEntityTypeConfiguration<InboxMessage>
{
    public void Configure(EntityTypeBuilder<InboxMessage> builder)
    {
        builder.ToTable("InboxMessage");
        builder.Property(m => m.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(m => m.Source).HasMaxLength(Lengths.Source);
        builder.Property(m => m.EventId).HasMaxLength(Lengths.EventId);
        builder.Property(m => m.DedupeKey).HasMaxLength(32);
        builder.Property(m => m.ContentHash).HasMaxLength(32);
        builder.Property(m => m.Type).HasMaxLength(Lengths.Name);
        builder.Property(m => m.Subject).HasMaxLength(Lengths.Source);
        builder.Property(m => m.TraceParent).HasMaxLength(Lengths.Code);
        builder.Property(m => m.Note).HasMaxLength(Lengths.Name);
        builder.Ignore(m => m.IsArrival);
        builder.HasIndex(m => new { m.Connector, m.DedupeKey }).IsUnique();

        // In the order in which workers take them; holds only retried messages.
        builder.HasIndex(m => new { m.DueAt, m.Id }, "ix_inbox_message_due").HasFilter($"state = {InboxState.Pending:D}");

        // Few: those that were tried before and wait again. No clock may pass their receipt.
        builder.HasIndex(m => m.ReceivedAt, "ix_inbox_message_retried").HasFilter($"state = {InboxState.Pending:D} AND attempts > 0");
        builder.Property(m => m.DeferredSince).HasColumnName("parked_since");
        builder.HasIndex(m => new { m.DeferredSince, m.Id }, "ix_inbox_message_parked").HasFilter($"state = {InboxState.Deferred:D}");
    }
}

internal sealed class ArrivalConfiguration : IEntityTypeConfiguration<Arrival>
{
    public void Configure(EntityTypeBuilder<Arrival> builder)
    {
        builder.ToTable("InboxArrival");
        builder.HasKey(a => a.MessageId);
        builder.Property(a => a.MessageId).ValueGeneratedNever();
        builder.Property(a => a.Connector).HasMaxLength(Lengths.Connector);
    }
}

internal sealed class RetractionConfiguration : IEntityTypeConfiguration<Retraction>
{
    public void Configure(EntityTypeBuilder<Retraction> builder)
    {
        builder.ToTable("Retraction");
        builder.HasKey(r => new { r.DedupeKey, r.Connector, r.ByMessageId });
        builder.Property(r => r.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(r => r.DedupeKey).HasMaxLength(32);
    }
}

internal sealed class DeferredReferenceConfiguration : IEntityTypeConfiguration<DeferredReference>
{
    public void Configure(EntityTypeBuilder<DeferredReference> builder)
    {
        builder.ToTable("Parking");
        builder.HasKey(p => new { p.ReferenceId, p.MessageId });
        builder.HasIndex(p => p.MessageId);
    }
}
