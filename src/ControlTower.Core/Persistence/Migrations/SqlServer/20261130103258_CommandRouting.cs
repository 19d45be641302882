using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class CommandRouting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "waiting_commands",
                table: "exception_case",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "takes",
                table: "connector",
                type: "nvarchar(max)",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_command_unrouted",
                table: "outbox_command",
                columns: new[] { "kind", "legal_entity", "site", "id" },
                filter: "state = 9");

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_routing",
                table: "exception_case",
                columns: new[] { "reason_code", "id" },
                filter: "state < 3 AND waiting_commands IS NOT NULL");

            // The code of published milestones that reach nobody has a name of its own since commands have this one.
            migrationBuilder.Sql("UPDATE exception_case SET reason_code = 'PUBLICATION_UNROUTABLE' WHERE reason_code = 'UNROUTABLE'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("UPDATE exception_case SET reason_code = 'UNROUTABLE' WHERE reason_code = 'PUBLICATION_UNROUTABLE'");

            migrationBuilder.DropIndex(
                name: "ix_outbox_command_unrouted",
                table: "outbox_command");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_routing",
                table: "exception_case");

            migrationBuilder.DropColumn(
                name: "waiting_commands",
                table: "exception_case");

            migrationBuilder.DropColumn(
                name: "takes",
                table: "connector");
        }
    }
}
