using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
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
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rank_at",
                table: "outbox_command",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateTable(
                name: "connector_flow",
                columns: table => new
                {
                    connector = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    node = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    breaker = table.Column<short>(type: "smallint", nullable: false),
                    breaker_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    rate_allowed = table.Column<double>(type: "double precision", nullable: true),
                    rate_used = table.Column<double>(type: "double precision", nullable: false),
                    running = table.Column<int>(type: "integer", nullable: false),
                    concurrency = table.Column<int>(type: "integer", nullable: true),
                    wait_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
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

            // What is sent under a key never changes, whoever writes: the trigger costs nothing where none of these columns is set.
            migrationBuilder.Sql("""
                CREATE FUNCTION outbox_command_keeps_its_content() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF (NEW.transaction_id, NEW.stem, NEW.number, NEW.key, NEW.body, NEW.content_hash)
                        IS DISTINCT FROM (OLD.transaction_id, OLD.stem, OLD.number, OLD.key, OLD.body, OLD.content_hash) THEN
                        RAISE EXCEPTION 'The content of command % never changes under its key.', OLD.key USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER outbox_command_content BEFORE UPDATE OF transaction_id, stem, number, key, body, content_hash ON outbox_command
                    FOR EACH ROW EXECUTE FUNCTION outbox_command_keeps_its_content();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER outbox_command_content ON outbox_command;
                DROP FUNCTION outbox_command_keeps_its_content();
                """);

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
