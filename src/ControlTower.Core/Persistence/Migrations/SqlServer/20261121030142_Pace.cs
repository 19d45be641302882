using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Pace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_outbox_command_due",
                table: "outbox_command");

            migrationBuilder.AddColumn<int>(
                name: "lookups",
                table: "outbox_command",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rank_at",
                table: "outbox_command",
                type: "datetimeoffset",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateTable(
                name: "connector_flow",
                columns: table => new
                {
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    node = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    seen_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    breaker = table.Column<short>(type: "smallint", nullable: false),
                    breaker_since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    rate_allowed = table.Column<double>(type: "float", nullable: true),
                    rate_used = table.Column<double>(type: "float", nullable: false),
                    running = table.Column<int>(type: "int", nullable: false),
                    concurrency = table.Column<int>(type: "int", nullable: true),
                    wait_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    why = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_flow", x => new { x.connector, x.node });
                });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_command_doubt",
                table: "outbox_command",
                columns: new[] { "state", "due_at", "id" },
                filter: "state IN (6, 8)");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_command_due",
                table: "outbox_command",
                columns: new[] { "connector", "rank_at", "id", "due_at" },
                filter: "state = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "connector_flow");

            migrationBuilder.DropIndex(
                name: "ix_outbox_command_doubt",
                table: "outbox_command");

            migrationBuilder.DropIndex(
                name: "ix_outbox_command_due",
                table: "outbox_command");

            migrationBuilder.DropColumn(
                name: "lookups",
                table: "outbox_command");

            migrationBuilder.DropColumn(
                name: "rank_at",
                table: "outbox_command");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_command_due",
                table: "outbox_command",
                columns: new[] { "connector", "priority", "due_at", "id" },
                filter: "state = 0");
        }
    }
}
