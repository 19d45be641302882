using ControlTower.Core.Persistence.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlTower.Core.Persistence.Configurations;

internal sealed class AuditTopHeadConfiguration : IEntityTypeConfiguration<AuditTopHead>
{
    public void Configure(EntityTypeBuilder<AuditTopHead> builder)
    {
        builder.ToTable("AuditTopHead");
        builder.Property(h => h.Id).ValueGeneratedNever();

        // Chain, sequence and hash of every chain: 90 characters each at most.
        builder.Property(h => h.Heads).HasMaxLength(90 * AuditChains.Count);
        builder.Property(h => h.Signature).HasMaxLength(32);

        // Created here only: a row that is missing was removed.
        builder.HasData(new AuditTopHead { Heads = "", SealedAt = DateTimeOffset.UnixEpoch });
    }
}
