using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class HeldMoney : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_dearest",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_due",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_key",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_message",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_siteless",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_team",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_unmapped",
                table: "exception_case");

            migrationBuilder.AddColumn<int>(
                name: "held_count",
                table: "transaction_count",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_dearest",
                table: "exception_case",
                columns: new[] { "amount_at_risk", "id" },
                descending: new[] { true, false },
                filter: "state < 3 AND amount_at_risk IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "state", "team", "legal_entity" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_due",
                table: "exception_case",
                columns: new[] { "due_at", "id" },
                filter: "state < 3")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at", "team" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_key",
                table: "exception_case",
                column: "case_key",
                unique: true,
                filter: "state < 3");

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_message",
                table: "exception_case",
                columns: new[] { "message_id", "id" },
                filter: "state < 3 AND message_id IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at", "team", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_siteless",
                table: "exception_case",
                column: "id",
                filter: "state < 3 AND site IS NULL AND transaction_id IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at", "team", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_team",
                table: "exception_case",
                columns: new[] { "team", "due_at", "id" },
                filter: "state < 3")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_unmapped",
                table: "exception_case",
                columns: new[] { "connector", "code_scheme", "code" },
                filter: "state < 3 AND code IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_waived",
                table: "exception_case",
                columns: new[] { "opened_at", "id" },
                filter: "state = 4")
                .Annotation("SqlServer:Include", new[] { "state", "team", "reason_code", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk" });

            migrationBuilder.TellWaivedFromDiscarded();
            migrationBuilder.CountTransactions(DatabaseProvider.SqlServer);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("UPDATE exception_case SET state = 3 WHERE state > 3;");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_dearest",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_due",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_key",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_message",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_siteless",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_team",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_unmapped",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_waived",
                table: "exception_case");

            migrationBuilder.DropColumn(
                name: "held_count",
                table: "transaction_count");

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_dearest",
                table: "exception_case",
                columns: new[] { "amount_at_risk", "id" },
                descending: new[] { true, false },
                filter: "state <> 3 AND amount_at_risk IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "state", "team", "legal_entity" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_due",
                table: "exception_case",
                columns: new[] { "due_at", "id" },
                filter: "state <> 3")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at", "team" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_key",
                table: "exception_case",
                column: "case_key",
                unique: true,
                filter: "state <> 3");

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

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_team",
                table: "exception_case",
                columns: new[] { "team", "due_at", "id" },
                filter: "state <> 3")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_unmapped",
                table: "exception_case",
                columns: new[] { "connector", "code_scheme", "code" },
                filter: "state <> 3 AND code IS NOT NULL");
        }
    }
}
