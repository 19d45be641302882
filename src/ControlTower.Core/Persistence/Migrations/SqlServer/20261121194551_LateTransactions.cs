using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
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
                filter: "late = 1");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_late_stage",
                table: "transaction",
                columns: new[] { "stage", "updated_at", "id" },
                filter: "late = 1");
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
