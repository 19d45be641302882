using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Promises : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "at_risk",
                table: "transaction",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "ix_transaction_at_risk",
                table: "transaction",
                columns: new[] { "updated_at", "id" },
                filter: "at_risk");

            // Whether an open order is late or at risk now is for Decide to tell: the clock looks at each again at once.
            migrationBuilder.Sql("UPDATE \"transaction\" SET next_look_at = ordered_at WHERE stage < 7 AND ordered_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_transaction_at_risk",
                table: "transaction");

            migrationBuilder.DropColumn(
                name: "at_risk",
                table: "transaction");
        }
    }
}
