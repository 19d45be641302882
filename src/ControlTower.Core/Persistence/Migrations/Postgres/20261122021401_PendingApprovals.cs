using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PendingApprovals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_approval_request_pending",
                table: "approval_request");

            migrationBuilder.CreateIndex(
                name: "ix_approval_request_pending",
                table: "approval_request",
                columns: new[] { "transaction_id", "slice", "content_hash" },
                unique: true,
                filter: "state = 0")
                .Annotation("Npgsql:IndexInclude", new[] { "state", "legal_entity", "currency", "amount" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_approval_request_pending",
                table: "approval_request");

            migrationBuilder.CreateIndex(
                name: "ix_approval_request_pending",
                table: "approval_request",
                columns: new[] { "transaction_id", "slice", "content_hash" },
                unique: true,
                filter: "state = 0");
        }
    }
}
