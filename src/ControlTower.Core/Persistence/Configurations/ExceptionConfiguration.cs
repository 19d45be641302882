using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence.Approvals;
using ControlTower.Core.Persistence.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ControlTower.Core.Persistence.Configurations;

internal sealed class ExceptionCaseConfiguration : IEntityTypeConfiguration<ExceptionCase>
{
    public void Configure(EntityTypeBuilder<ExceptionCase> builder)
    {
        builder.ToTable("ExceptionCase");
        builder.Property(c => c.CaseKey).HasMaxLength(Lengths.Source);
        builder.Property(c => c.Connector).HasMaxLength(Lengths.Connector);
        builder.Property(c => c.ReasonCode).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Team).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Assignee).HasMaxLength(Lengths.Name);
        builder.Property(c => c.Site).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.LegalEntity).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Message).HasMaxLength(Lengths.Sentence);
        builder.Property(c => c.FailingField).HasMaxLength(Lengths.Name);
        builder.Property(c => c.CodeScheme).HasMaxLength(Lengths.Code);
        builder.Property(c => c.CodeVersion).HasMaxLength(Lengths.Code);
        builder.Property(c => c.Code).HasMaxLength(Lengths.BusinessKey);
        builder.Property(c => c.Currency).HasMaxLength(3);
        builder.Property(c => c.ResolvedBy).HasMaxLength(Lengths.Name);
        builder.Property(c => c.Resolution).HasMaxLength(Lengths.Sentence);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasMany(c => c.Sites).WithOne().HasForeignKey(s => s.CaseId);

        // One unresolved case per cause; resolved ones stay as history.
        builder.HasIndex(c => c.CaseKey, "ix_exception_case_open_key").IsUnique().HasFilter($"state < {CaseState.Resolved:D}");
        builder.HasIndex(c => new { c.CaseKey, c.Id });

        // Open work, and all columns that its filters, counts and sums read: read from the index alone.
        Covering(builder.HasIndex(c => new { c.DueAt, c.Id }, "ix_exception_case_open_due")
            .HasFilter($"state < {CaseState.Resolved:D}"), nameof(ExceptionCase.Team));
        Covering(builder.HasIndex(c => new { c.Team, c.DueAt, c.Id }, "ix_exception_case_open_team")
            .HasFilter($"state < {CaseState.Resolved:D}"));

        // Open work whose sites are rows of their own, in the order of those.
        Covering(builder.HasIndex(c => c.Id, "ix_exception_case_open_siteless")
            .HasFilter($"state < {CaseState.Resolved:D} AND site IS NULL AND transaction_id IS NOT NULL"),
            nameof(ExceptionCase.Team), nameof(ExceptionCase.DueAt));

        // Open work by amount at risk, and the cases of a message: few rows, found without reading the others.
        IndexIncludes.Columns(builder.HasIndex(c => new { c.AmountAtRisk, c.Id }, "ix_exception_case_open_dearest")
            .IsDescending(true, false)
            .HasFilter($"state < {CaseState.Resolved:D} AND amount_at_risk IS NOT NULL"),
            nameof(ExceptionCase.State), nameof(ExceptionCase.Team), nameof(ExceptionCase.LegalEntity));
        Covering(builder.HasIndex(c => new { c.MessageId, c.Id }, "ix_exception_case_open_message")
            .HasFilter($"state < {CaseState.Resolved:D} AND message_id IS NOT NULL"),
            nameof(ExceptionCase.Team), nameof(ExceptionCase.DueAt));

        // What was waived while its cause continues: few, listed with what they hold.
        IndexIncludes.Columns(
            builder.HasIndex(c => new { c.OpenedAt, c.Id }, "ix_exception_case_waived").HasFilter($"state = {CaseState.Waived:D}"),
            nameof(ExceptionCase.State), nameof(ExceptionCase.Team), nameof(ExceptionCase.ReasonCode), nameof(ExceptionCase.Site),
            nameof(ExceptionCase.LegalEntity),
            nameof(ExceptionCase.TransactionId), nameof(ExceptionCase.Currency), nameof(ExceptionCase.AmountAtRisk));

        // History, newest first: alone and with each column that narrows it to few rows.
        builder.HasIndex(c => new { c.OpenedAt, c.Id });
        builder.HasIndex(c => new { c.ReasonCode, c.OpenedAt, c.Id });
        builder.HasIndex(c => new { c.Connector, c.OpenedAt, c.Id });
        builder.HasIndex(c => new { c.Site, c.OpenedAt, c.Id });
        builder.HasIndex(c => new { c.Assignee, c.OpenedAt, c.Id });
        builder.HasIndex(c => c.TransactionId);
        builder.HasIndex(c => c.MessageId);
        builder.HasIndex(c => c.CommandId);

        // Few: commands that no connector takes.
        builder.HasIndex(c => new { c.ReasonCode, c.Id }, "ix_exception_case_open_routing")
            .HasFilter($"state < {CaseState.Resolved:D} AND waiting_commands IS NOT NULL");

        // Few: those that mapping a code resolves.
        builder.HasIndex(c => new { c.Connector, c.CodeScheme, c.Code }, "ix_exception_case_unmapped")
            .HasFilter($"state < {CaseState.Resolved:D} AND code IS NOT NULL");
    }

    private static void Covering(IndexBuilder<ExceptionCase> index, params string[] more) => IndexIncludes.Columns(
        index,
        [
            nameof(ExceptionCase.State), nameof(ExceptionCase.ReasonCode), nameof(ExceptionCase.Connector), nameof(ExceptionCase.Assignee),
            nameof(ExceptionCase.Site),
            nameof(ExceptionCase.LegalEntity), nameof(ExceptionCase.TransactionId), nameof(ExceptionCase.Currency),
            nameof(ExceptionCase.AmountAtRisk),
            nameof(ExceptionCase.OpenedAt), .. more,
        ]);
}

file static class IndexIncludes
{
    public static void Columns<TRow>(IndexBuilder<TRow> index, params string[] columns)
    {
        NpgsqlIndexBuilderExtensions.IncludeProperties(index, columns);
        SqlServerIndexBuilderExtensions.IncludeProperties(index, columns);
    }
}

internal sealed class CaseSiteConfiguration : IEntityTypeConfiguration<CaseSite>
{
    public void Configure(EntityTypeBuilder<CaseSite> builder)
    {
        builder.ToTable("CaseSite");
        builder.HasKey(s => new { s.CaseId, s.Site });
        builder.Property(s => s.Site).HasMaxLength(Lengths.BusinessKey);
        builder.HasIndex(s => new { s.Site, s.CaseId });
    }
}

internal sealed class CaseNoteConfiguration : IEntityTypeConfiguration<CaseNote>
{
    public void Configure(EntityTypeBuilder<CaseNote> builder)
    {
        builder.ToTable("CaseNote");
        builder.Property(n => n.Actor).HasMaxLength(Lengths.Name);
        builder.Property(n => n.Act).HasMaxLength(Lengths.Code);
        builder.Property(n => n.Text).HasMaxLength(Lengths.Sentence);
        builder.HasIndex(n => new { n.CaseId, n.Id });
    }
}

internal sealed class ApprovalRequestConfiguration : IEntityTypeConfiguration<ApprovalRequest>
{
    public void Configure(EntityTypeBuilder<ApprovalRequest> builder)
    {
        builder.ToTable("ApprovalRequest");
        builder.Property(a => a.Kind).HasMaxLength(Lengths.Code);
        builder.Property(a => a.Document).HasMaxLength(Lengths.BusinessKey);
        builder.Property(a => a.Part).HasColumnName("slice").HasMaxLength(Lengths.BusinessKey);
        builder.Property(a => a.ContentHash).HasMaxLength(Lengths.HexHash);
        builder.Property(a => a.Currency).HasMaxLength(3);
        builder.Property(a => a.Site).HasMaxLength(Lengths.BusinessKey);
        builder.Property(a => a.LegalEntity).HasMaxLength(Lengths.Code);
        builder.Property(a => a.Reason).HasMaxLength(Lengths.Sentence);
        builder.Property(a => a.RequestedBy).HasMaxLength(Lengths.Name);
        builder.Property(a => a.DecidedBy).HasMaxLength(Lengths.Name);
        builder.Property(a => a.Comment).HasMaxLength(Lengths.Sentence);
        builder.Property(a => a.Version).IsConcurrencyToken();

        // One pending request for one content: 50 presses of the button make one. Its sums are read from the index
        // alone.
        IndexIncludes.Columns(
            builder.HasIndex(a => new { a.TransactionId, a.Part, a.ContentHash }, "ix_approval_request_pending").IsUnique()
                .HasFilter($"state = {ApprovalState.Pending:D}"),
            nameof(ApprovalRequest.State), nameof(ApprovalRequest.LegalEntity), nameof(ApprovalRequest.Currency),
            nameof(ApprovalRequest.Amount));
        builder.HasIndex(a => new { a.State, a.RequestedAt, a.Id });
    }
}
