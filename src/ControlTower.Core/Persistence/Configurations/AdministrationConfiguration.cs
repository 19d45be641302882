using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Core.Persistence.Audit;
using ControlTower.Core.Persistence.Connectors;
using ControlTower.Core.Persistence.People;
using ControlTower.Core.Persistence.Policies;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlTower.Core.Persistence.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntry");
        builder.Property(a => a.Actor).HasMaxLength(Lengths.Name);
        builder.Property(a => a.ActorKind).HasMaxLength(Lengths.Code);
        builder.Property(a => a.Act).HasMaxLength(Lengths.Code);
        builder.Property(a => a.ObjectType).HasMaxLength(Lengths.Code);
        builder.Property(a => a.ObjectKey).HasMaxLength(Lengths.CommandKey);
        builder.Property(a => a.TransactionKey).HasMaxLength(Lengths.TransactionKey);
        builder.Property(a => a.Reason).HasMaxLength(Lengths.Sentence);
        builder.Property(a => a.PreviousHash).HasMaxLength(32);
        builder.Property(a => a.Hash).HasMaxLength(32);
        builder.HasIndex(a => new { a.Chain, a.Sequence }).IsUnique().HasFilter("sequence IS NOT NULL");
        builder.HasIndex(a => new { a.Chain, a.Id }, "ix_audit_entry_unsealed").HasFilter("sequence IS NULL");
        builder.HasIndex(a => new { a.TransactionKey, a.Id });

        builder.HasIndex(a => new { a.Act, a.Id });

        // Actions of people and keys are a thousandth of all; the engine's own entries are not in these indexes, and
        // cost it nothing.
        builder.HasIndex(a => new { a.Actor, a.Id }, "ix_audit_entry_people").HasFilter("actor_kind <> 'tower'");
        builder.HasIndex(a => new { a.ObjectKey, a.Id }, "ix_audit_entry_peoples_objects").HasFilter("actor_kind <> 'tower'");
        builder.HasIndex(a => new { a.ObjectKey, a.Id }, "ix_audit_entry_objects_apart").HasFilter("transaction_key IS NULL");
    }
}

internal sealed class ConnectorRecordConfiguration : IEntityTypeConfiguration<ConnectorRecord>
{
    public void Configure(EntityTypeBuilder<ConnectorRecord> builder)
    {
        builder.ToTable("Connector");
        builder.Property(c => c.Name).HasMaxLength(Lengths.Connector);
        builder.Property(c => c.Kind).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Role).HasMaxLength(Lengths.Code);
        builder.Property(c => c.BaseUrl).HasMaxLength(Lengths.Sentence);
        builder.Property(c => c.InboundSecret).HasMaxLength(256);
        builder.Property(c => c.PreviousInboundSecret).HasMaxLength(256);
        builder.Property(c => c.OutboundSecret).HasMaxLength(256);
        builder.Property(c => c.Settings).HasDefaultValue("{}");
        builder.Property(c => c.PausedReason).HasMaxLength(Lengths.Sentence);
        builder.Property(c => c.Cursor).HasMaxLength(Lengths.Cursor);
        builder.Property(c => c.LastError).HasMaxLength(Lengths.Sentence);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasIndex(c => c.Name).IsUnique();
    }
}

internal sealed class CodeMapRecordConfiguration : IEntityTypeConfiguration<CodeMapRecord>
{
    public void Configure(EntityTypeBuilder<CodeMapRecord> builder)
    {
        builder.ToTable("CodeMap");
        builder.Property(c => c.Kind).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(c => c.Scheme).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Version).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Code).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.Meaning).HasMaxLength(Lengths.Name);
        builder.Property(c => c.ChangedBy).HasMaxLength(Lengths.Name);
        builder.HasIndex(c => new { c.Kind, c.Connector, c.Scheme, c.Version, c.Code }).IsUnique();
    }
}

internal sealed class CommandModeRecordConfiguration : IEntityTypeConfiguration<CommandModeRecord>
{
    public void Configure(EntityTypeBuilder<CommandModeRecord> builder)
    {
        builder.ToTable("CommandMode");
        builder.Property(m => m.Kind).HasMaxLength(Lengths.Code);
        builder.Property(m => m.LegalEntity).HasMaxLength(Lengths.Code);
        builder.Property(m => m.Site).HasMaxLength(Lengths.BusinessKey);
        builder.HasIndex(m => new { m.Kind, m.LegalEntity, m.Site }).IsUnique();
    }
}

internal sealed class SiteRecordConfiguration : IEntityTypeConfiguration<SiteRecord>
{
    public void Configure(EntityTypeBuilder<SiteRecord> builder)
    {
        builder.ToTable("Site");
        builder.HasKey(s => s.Code);
        builder.Property(s => s.Code).HasMaxLength(Lengths.BusinessKey);
        builder.Property(s => s.Name).HasMaxLength(Lengths.Name);
        builder.Property(s => s.TimeZone).HasMaxLength(Lengths.Code);
        builder.Property(s => s.Region).HasMaxLength(Lengths.BusinessKey);
        builder.Property(s => s.LegalEntity).HasMaxLength(Lengths.Code);
        builder.Property(s => s.Area).HasMaxLength(Lengths.Code);
    }
}

internal sealed class PolicyRecordConfiguration : IEntityTypeConfiguration<PolicyRecord>
{
    public void Configure(EntityTypeBuilder<PolicyRecord> builder)
    {
        builder.ToTable("Policy");
        builder.Property(p => p.Name).HasMaxLength(Lengths.Code);
        builder.Property(p => p.CreatedBy).HasMaxLength(Lengths.Name);
        builder.HasIndex(p => new { p.Name, p.Version }).IsUnique();
    }
}

internal sealed class TowerUserConfiguration : IEntityTypeConfiguration<TowerUser>
{
    public void Configure(EntityTypeBuilder<TowerUser> builder) => builder.Property(u => u.DisplayName).HasMaxLength(Lengths.Name);
}

internal sealed class UserScopeConfiguration : IEntityTypeConfiguration<UserScope>
{
    public void Configure(EntityTypeBuilder<UserScope> builder)
    {
        builder.ToTable("UserScope");
        builder.HasKey(s => new { s.UserId, s.Kind, s.Value });
        builder.Property(s => s.Kind).HasMaxLength(Lengths.Code);
        builder.Property(s => s.Value).HasMaxLength(Lengths.BusinessKey);
    }
}

internal sealed class UserSessionConfiguration : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> builder)
    {
        builder.ToTable("UserSession");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasOne<TowerUser>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("ApiKey");
        builder.Property(k => k.Name).HasMaxLength(Lengths.Name);
        builder.Property(k => k.Role).HasMaxLength(Lengths.Code);
        builder.Property(k => k.Hash).HasMaxLength(32);
        builder.Property(k => k.Prefix).HasMaxLength(Lengths.Code);
        builder.Property(k => k.CreatedBy).HasMaxLength(Lengths.Name);
        builder.HasIndex(k => k.Hash).IsUnique();
    }
}

/// <summary>The framework's keys, shared by all nodes; their XML is encrypted with the master key. Ids were bigint
/// before the framework's entity was used.</summary>
internal sealed class DataProtectionKeyConfiguration : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder)
    {
        builder.ToTable("DataProtectionKey");
        builder.Property(k => k.Id).HasColumnType("bigint");
        builder.Property(k => k.FriendlyName).HasMaxLength(Lengths.Name).IsRequired();
        builder.Property(k => k.Xml).IsRequired();
    }
}
