using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Publishing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlTower.Core.Persistence.Configurations;

internal sealed class PublicationConfiguration : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> builder)
    {
        builder.ToTable("Publication");
        builder.Property(p => p.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(p => p.EventId).HasMaxLength(Lengths.HexHash);
        builder.Property(p => p.Address).HasMaxLength(Lengths.Address);

        // Its connector's queue, and what waits for a person.
        builder.HasIndex(p => new { p.Connector, p.State, p.Id });
    }
}
