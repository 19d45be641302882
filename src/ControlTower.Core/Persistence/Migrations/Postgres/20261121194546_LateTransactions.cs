using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class LateTransactions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_transaction_late",
                table: "transaction",
                columns: new[] { "updated_at", "id" },
                filter: "late");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_late_stage",
                table: "transaction",
                columns: new[] { "stage", "updated_at", "id" },
                filter: "late");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_transaction_late_stage",
                table: "transaction");

            migrationBuilder.DropIndex(
                name: "ix_transaction_late",
                table: "transaction");
        }
    }
}
