using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class OpenCases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_dearest",
                table: "exception_case",
                columns: new[] { "amount_at_risk", "id" },
                descending: new[] { true, false },
                filter: "state <> 3 AND amount_at_risk IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "state", "team", "legal_entity" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_message",
                table: "exception_case",
                columns: new[] { "message_id", "id" },
                filter: "state <> 3 AND message_id IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at", "team", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_siteless",
                table: "exception_case",
                column: "id",
                filter: "state <> 3 AND site IS NULL AND transaction_id IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at", "team", "due_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_dearest",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_message",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_siteless",
                table: "exception_case");
        }
    }
}
