using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class FastListsAndHousekeeping : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_transaction_stage_updated_at_id",
                table: "transaction");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_team",
                table: "exception_case");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "commands_archived_at",
                table: "transaction",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "inbox_archive",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    source = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    event_id = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    type = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    subject = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    processed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    archived_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    payload = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_archive", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "job_lease",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_job_lease", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "outbox_archive",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    transaction_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    stem = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    number = table.Column<int>(type: "int", nullable: false),
                    key = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    site = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    content_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    amount = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: true),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    external_id = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    error_code = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    error_detail = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    body = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    attempt_list = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_archive", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "seen_event",
                columns: table => new
                {
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    dedupe_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    content_hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seen_event", x => new { x.connector, x.dedupe_key });
                });

            migrationBuilder.CreateTable(
                name: "transaction_count",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    hour = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    sites = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    legal_entity = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    stage = table.Column<short>(type: "smallint", nullable: false),
                    health = table.Column<short>(type: "smallint", nullable: false),
                    count = table.Column<int>(type: "int", nullable: false),
                    amount = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    invoiced = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    posted = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    held = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transaction_count", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_transaction_delivered",
                table: "transaction",
                columns: new[] { "delivered_at", "id" },
                filter: "delivered_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_ended",
                table: "transaction",
                columns: new[] { "updated_at", "id" },
                filter: "stage >= 7 AND health = 0 AND commands_archived_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_open",
                table: "transaction",
                columns: new[] { "updated_at", "id" },
                filter: "stage < 7");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_shipped",
                table: "transaction",
                columns: new[] { "shipped_at", "id" },
                filter: "shipped_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_stage",
                table: "transaction",
                columns: new[] { "stage", "updated_at", "id" },
                filter: "stage <> 7");

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_assignee_opened_at_id",
                table: "exception_case",
                columns: new[] { "assignee", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_command_id",
                table: "exception_case",
                column: "command_id");

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_connector_opened_at_id",
                table: "exception_case",
                columns: new[] { "connector", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_due",
                table: "exception_case",
                columns: new[] { "due_at", "id" },
                filter: "state <> 3")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at", "team" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_team",
                table: "exception_case",
                columns: new[] { "team", "due_at", "id" },
                filter: "state <> 3")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_reason_code_opened_at_id",
                table: "exception_case",
                columns: new[] { "reason_code", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_site_opened_at_id",
                table: "exception_case",
                columns: new[] { "site", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_act_id",
                table: "audit_entry",
                columns: new[] { "act", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_objects_apart",
                table: "audit_entry",
                columns: new[] { "object_key", "id" },
                filter: "transaction_key IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_people",
                table: "audit_entry",
                columns: new[] { "actor", "id" },
                filter: "actor_kind <> 'tower'");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_peoples_objects",
                table: "audit_entry",
                columns: new[] { "object_key", "id" },
                filter: "actor_kind <> 'tower'");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_archive_archived_at",
                table: "inbox_archive",
                column: "archived_at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_archive_type_accepted_at",
                table: "inbox_archive",
                columns: new[] { "type", "accepted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_outbox_archive_key",
                table: "outbox_archive",
                column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_archive_transaction_id_stem_number",
                table: "outbox_archive",
                columns: new[] { "transaction_id", "stem", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_archive_with_body",
                table: "outbox_archive",
                columns: new[] { "kind", "created_at" },
                filter: "body IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_count_hour_id",
                table: "transaction_count",
                columns: new[] { "hour", "id" });

        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inbox_archive");

            migrationBuilder.DropTable(
                name: "job_lease");

            migrationBuilder.DropTable(
                name: "outbox_archive");

            migrationBuilder.DropTable(
                name: "seen_event");

            migrationBuilder.DropTable(
                name: "transaction_count");

            migrationBuilder.DropIndex(
                name: "ix_transaction_delivered",
                table: "transaction");

            migrationBuilder.DropIndex(
                name: "ix_transaction_ended",
                table: "transaction");

            migrationBuilder.DropIndex(
                name: "ix_transaction_open",
                table: "transaction");

            migrationBuilder.DropIndex(
                name: "ix_transaction_shipped",
                table: "transaction");

            migrationBuilder.DropIndex(
                name: "ix_transaction_stage",
                table: "transaction");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_assignee_opened_at_id",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_command_id",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_connector_opened_at_id",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_due",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_open_team",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_reason_code_opened_at_id",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_site_opened_at_id",
                table: "exception_case");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_act_id",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_objects_apart",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_people",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_peoples_objects",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "commands_archived_at",
                table: "transaction");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_stage_updated_at_id",
                table: "transaction",
                columns: new[] { "stage", "updated_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_team",
                table: "exception_case",
                columns: new[] { "team", "due_at", "id" },
                filter: "state <> 3");
        }
    }
}
