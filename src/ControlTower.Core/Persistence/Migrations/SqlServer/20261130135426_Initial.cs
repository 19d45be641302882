using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(SqlServerTowerDbContext))]
    [Migration("20261130135426_Initial")]
    public partial class Initial : TowerMigration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "api_key",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    role = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    prefix = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    sites = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    legal_entities = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    created_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    revoked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "approval_request",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    transaction_id = table.Column<long>(type: "bigint", nullable: false),
                    case_id = table.Column<long>(type: "bigint", nullable: true),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    document = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    slice = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    content_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    amount = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    policy_version = table.Column<long>(type: "bigint", nullable: false),
                    site = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    legal_entity = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    evidence = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    requested_by_id = table.Column<long>(type: "bigint", nullable: false),
                    requested_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    requested_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    decided_by_id = table.Column<long>(type: "bigint", nullable: true),
                    decided_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    decided_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    comment = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_approval_request", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_roles",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_users",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    display_name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    authority_limit = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: true),
                    disabled = table.Column<bool>(type: "bit", nullable: false),
                    user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    password_hash = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    security_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    phone_number = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "bit", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "bit", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "bit", nullable: false),
                    access_failed_count = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_chain_head",
                columns: table => new
                {
                    chain = table.Column<short>(type: "smallint", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    signature = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    sealed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_chain_head", x => x.chain);
                });

            migrationBuilder.CreateTable(
                name: "audit_entry",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    chain = table.Column<short>(type: "smallint", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    actor = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    actor_kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    act = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    object_type = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    object_key = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    transaction_key = table.Column<string>(type: "nvarchar(185)", maxLength: 185, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    before = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    after = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    previous_hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entry", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_top_head",
                columns: table => new
                {
                    id = table.Column<short>(type: "smallint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    heads = table.Column<string>(type: "nvarchar(360)", maxLength: 360, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    signature = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    sealed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_top_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "case_note",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    case_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    actor = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    act = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    text = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_note", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "code_map",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    scheme = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    version = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    code = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    meaning = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    changed_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    changed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_code_map", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "command_attempt",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    command_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    outcome = table.Column<short>(type: "smallint", nullable: false),
                    http_status = table.Column<int>(type: "int", nullable: true),
                    detail = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_command_attempt", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "command_mode",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    legal_entity = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    site = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    mode = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_command_mode", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "connector",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    role = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    base_url = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    sites = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    legal_entities = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    reports = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    inbound_secret = table.Column<byte[]>(type: "varbinary(256)", maxLength: 256, nullable: true),
                    previous_inbound_secret = table.Column<byte[]>(type: "varbinary(256)", maxLength: 256, nullable: true),
                    previous_inbound_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    outbound_secret = table.Column<byte[]>(type: "varbinary(256)", maxLength: 256, nullable: true),
                    poll = table.Column<bool>(type: "bit", nullable: false),
                    poll_seconds = table.Column<int>(type: "int", nullable: false),
                    rate_per_second = table.Column<int>(type: "int", nullable: true),
                    concurrency = table.Column<int>(type: "int", nullable: true),
                    inbound_per_second = table.Column<int>(type: "int", nullable: true),
                    paused = table.Column<bool>(type: "bit", nullable: false),
                    paused_reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    cursor = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    next_poll_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    last_inbound_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    last_outbound_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    last_error = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    last_error_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    health = table.Column<short>(type: "smallint", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    credentials = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    settings = table.Column<string>(type: "nvarchar(max)", nullable: false, defaultValue: "{}"),
                    takes = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector", x => x.id);
                });

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

            migrationBuilder.CreateTable(
                name: "data_protection_key",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    friendly_name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    xml = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "document_reference",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    value = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_document_reference", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "exception_case",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    case_key = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    origin = table.Column<short>(type: "smallint", nullable: false),
                    transaction_id = table.Column<long>(type: "bigint", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    command_id = table.Column<long>(type: "bigint", nullable: true),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    reason_code = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    team = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    assignee = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    site = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    legal_entity = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    message = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    failing_field = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    amount_at_risk = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: true),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    payload = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    revision = table.Column<int>(type: "int", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    resolved_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    resolution = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    replays = table.Column<int>(type: "int", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    code = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    code_scheme = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    code_version = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    waiting_commands = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exception_case", x => x.id);
                });

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
                name: "inbox_arrival",
                columns: table => new
                {
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    received_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_arrival", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "inbox_message",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    source = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    event_id = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    dedupe_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    content_hash = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    payload = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    type = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    subject = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    parked_since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    processed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    trace_parent = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    note = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_message", x => x.id);
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
                name: "outbox_command",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    transaction_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    document = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    slice = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    stem = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    number = table.Column<int>(type: "int", nullable: false),
                    key = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    site = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    legal_entity = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    content_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    amount = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: true),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    priority = table.Column<short>(type: "smallint", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    lease_owner = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    lease_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    policy_version = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    external_id = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    error_code = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    error_detail = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    trace_parent = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    lookups = table.Column<int>(type: "int", nullable: false, defaultValue: 0),
                    rank_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false, defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)))
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_command", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "parking",
                columns: table => new
                {
                    reference_id = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parking", x => new { x.reference_id, x.message_id });
                });

            migrationBuilder.CreateTable(
                name: "policy",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    version = table.Column<int>(type: "int", nullable: false),
                    json = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    created_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_policy", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "publication",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    event_id = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    address = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    retried = table.Column<bool>(type: "bit", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publication", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reference_link",
                columns: table => new
                {
                    reference_id = table.Column<long>(type: "bigint", nullable: false),
                    system = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    transaction_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reference_link", x => new { x.reference_id, x.system, x.transaction_id });
                });

            migrationBuilder.CreateTable(
                name: "retraction",
                columns: table => new
                {
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    dedupe_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: false),
                    by_message_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_retraction", x => new { x.dedupe_key, x.connector, x.by_message_id });
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
                name: "site",
                columns: table => new
                {
                    code = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    time_zone = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    region = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    legal_entity = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    area = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_site", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "transaction",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    key = table.Column<string>(type: "nvarchar(185)", maxLength: 185, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    erp_system = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    order_number = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    state = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    state_format = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    policy_version = table.Column<long>(type: "bigint", nullable: false),
                    stage = table.Column<short>(type: "smallint", nullable: false),
                    health = table.Column<short>(type: "smallint", nullable: false),
                    legal_entity = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    region = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    customer_id = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    customer_name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    segment = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    carrier = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    amount = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    invoiced = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    posted = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    held = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    late = table.Column<bool>(type: "bit", nullable: false),
                    ordered_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    requested_delivery = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    shipped_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    delivered_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    next_look_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    updated_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    correlation_id = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    commands_archived_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    at_risk = table.Column<bool>(type: "bit", nullable: false, defaultValue: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transaction", x => x.id);
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
                    held = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: false),
                    held_count = table.Column<int>(type: "int", nullable: false, defaultValue: 0)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transaction_count", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "transaction_event",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    transaction_id = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    milestone = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    subject = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    sequence = table.Column<long>(type: "bigint", nullable: true),
                    time = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    fact = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    witness = table.Column<bool>(type: "bit", nullable: false),
                    retracted = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transaction_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "transaction_hold",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    transaction_id = table.Column<long>(type: "bigint", nullable: false),
                    hold_key = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    stops = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    code = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    reason = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    document = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    slice = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    amount = table.Column<decimal>(type: "decimal(19,4)", precision: 19, scale: 4, nullable: true),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    content_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2_UTF8"),
                    evidence = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transaction_hold", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "transaction_site",
                columns: table => new
                {
                    transaction_id = table.Column<long>(type: "bigint", nullable: false),
                    site = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transaction_site", x => new { x.transaction_id, x.site });
                });

            migrationBuilder.CreateTable(
                name: "user_scope",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    value = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_scope", x => new { x.user_id, x.kind, x.value });
                });

            migrationBuilder.CreateTable(
                name: "asp_net_role_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    role_id = table.Column<long>(type: "bigint", nullable: false),
                    claim_type = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    claim_value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_role_claims_asp_net_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "asp_net_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    claim_type = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    claim_value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_user_claims_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    provider_key = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    provider_display_name = table.Column<string>(type: "nvarchar(max)", nullable: true),
                    user_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_asp_net_user_logins_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_roles",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    role_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_asp_net_user_roles_asp_net_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "asp_net_roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_asp_net_user_roles_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "asp_net_user_tokens",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    login_provider = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    name = table.Column<string>(type: "nvarchar(450)", nullable: false),
                    value = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_asp_net_user_tokens_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_session",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_session", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_session_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "asp_net_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "case_site",
                columns: table => new
                {
                    case_id = table.Column<long>(type: "bigint", nullable: false),
                    site = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false, collation: "Latin1_General_100_BIN2_UTF8")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_site", x => new { x.case_id, x.site });
                    table.ForeignKey(
                        name: "fk_case_site_exception_case_case_id",
                        column: x => x.case_id,
                        principalTable: "exception_case",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                table: "audit_top_head",
                columns: new[] { "id", "heads", "number", "sealed_at", "signature" },
                columnTypes: new[] { "smallint", "nvarchar(360)", "bigint", "datetimeoffset", "varbinary(32)" },
                values: new object[] { (short)1, "", 0L, new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), null });

            migrationBuilder.CreateIndex(name: "ix_api_key_hash", table: "api_key", column: "hash", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_approval_request_pending",
                table: "approval_request",
                columns: new[] { "transaction_id", "slice", "content_hash" },
                unique: true,
                filter: "state = 0")
                .Annotation("SqlServer:Include", new[] { "state", "legal_entity", "currency", "amount" });

            migrationBuilder.CreateIndex(
                name: "ix_approval_request_state_requested_at_id",
                table: "approval_request",
                columns: new[] { "state", "requested_at", "id" });

            migrationBuilder.CreateIndex(name: "ix_asp_net_role_claims_role_id", table: "asp_net_role_claims", column: "role_id");

            migrationBuilder.CreateIndex(
                name: "role_name_index",
                table: "asp_net_roles",
                column: "normalized_name",
                unique: true,
                filter: "[normalized_name] IS NOT NULL");

            migrationBuilder.CreateIndex(name: "ix_asp_net_user_claims_user_id", table: "asp_net_user_claims", column: "user_id");

            migrationBuilder.CreateIndex(name: "ix_asp_net_user_logins_user_id", table: "asp_net_user_logins", column: "user_id");

            migrationBuilder.CreateIndex(name: "ix_asp_net_user_roles_role_id", table: "asp_net_user_roles", column: "role_id");

            migrationBuilder.CreateIndex(name: "email_index", table: "asp_net_users", column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "user_name_index",
                table: "asp_net_users",
                column: "normalized_user_name",
                unique: true,
                filter: "[normalized_user_name] IS NOT NULL");

            migrationBuilder.CreateIndex(name: "ix_audit_entry_act_id", table: "audit_entry", columns: new[] { "act", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_chain_sequence",
                table: "audit_entry",
                columns: new[] { "chain", "sequence" },
                unique: true,
                filter: "sequence IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_objects_apart",
                table: "audit_entry",
                columns: new[] { "object_key", "id" },
                filter: "transaction_key IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_people", table: "audit_entry", columns: new[] { "actor", "id" }, filter: "actor_kind <> 'tower'");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_peoples_objects",
                table: "audit_entry",
                columns: new[] { "object_key", "id" },
                filter: "actor_kind <> 'tower'");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_transaction_key_id", table: "audit_entry", columns: new[] { "transaction_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_unsealed", table: "audit_entry", columns: new[] { "chain", "id" }, filter: "sequence IS NULL");

            migrationBuilder.CreateIndex(name: "ix_case_note_case_id_id", table: "case_note", columns: new[] { "case_id", "id" });

            migrationBuilder.CreateIndex(name: "ix_case_site_site_case_id", table: "case_site", columns: new[] { "site", "case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_code_map_kind_connector_scheme_version_code",
                table: "code_map",
                columns: new[] { "kind", "connector", "scheme", "version", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_command_attempt_command_id_number",
                table: "command_attempt",
                columns: new[] { "command_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_command_mode_kind_legal_entity_site",
                table: "command_mode",
                columns: new[] { "kind", "legal_entity", "site" },
                unique: true,
                filter: "[legal_entity] IS NOT NULL AND [site] IS NOT NULL");

            migrationBuilder.CreateIndex(name: "ix_connector_name", table: "connector", column: "name", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_document_reference_value_kind", table: "document_reference", columns: new[] { "value", "kind" }, unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_assignee_opened_at_id", table: "exception_case", columns: new[] { "assignee", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_case_key_id", table: "exception_case", columns: new[] { "case_key", "id" });

            migrationBuilder.CreateIndex(name: "ix_exception_case_command_id", table: "exception_case", column: "command_id");

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_connector_opened_at_id",
                table: "exception_case",
                columns: new[] { "connector", "opened_at", "id" });

            migrationBuilder.CreateIndex(name: "ix_exception_case_message_id", table: "exception_case", column: "message_id");

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
                name: "ix_exception_case_open_key", table: "exception_case", column: "case_key", unique: true, filter: "state < 3");

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_message",
                table: "exception_case",
                columns: new[] { "message_id", "id" },
                filter: "state < 3 AND message_id IS NOT NULL")
                .Annotation("SqlServer:Include", new[] { "state", "reason_code", "connector", "assignee", "site", "legal_entity", "transaction_id", "currency", "amount_at_risk", "opened_at", "team", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_open_routing",
                table: "exception_case",
                columns: new[] { "reason_code", "id" },
                filter: "state < 3 AND waiting_commands IS NOT NULL");

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
                name: "ix_exception_case_opened_at_id", table: "exception_case", columns: new[] { "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_reason_code_opened_at_id",
                table: "exception_case",
                columns: new[] { "reason_code", "opened_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_site_opened_at_id", table: "exception_case", columns: new[] { "site", "opened_at", "id" });

            migrationBuilder.CreateIndex(name: "ix_exception_case_transaction_id", table: "exception_case", column: "transaction_id");

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

            migrationBuilder.CreateIndex(name: "ix_inbox_archive_archived_at", table: "inbox_archive", column: "archived_at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_archive_type_accepted_at", table: "inbox_archive", columns: new[] { "type", "accepted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_message_connector_dedupe_key",
                table: "inbox_message",
                columns: new[] { "connector", "dedupe_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_message_due", table: "inbox_message", columns: new[] { "due_at", "id" }, filter: "state = 0");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_message_parked", table: "inbox_message", columns: new[] { "parked_since", "id" }, filter: "state = 2");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_message_retried", table: "inbox_message", column: "received_at", filter: "state = 0 AND attempts > 0");

            migrationBuilder.CreateIndex(name: "ix_outbox_archive_key", table: "outbox_archive", column: "key");

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
                name: "ix_outbox_command_doubt",
                table: "outbox_command",
                columns: new[] { "state", "due_at", "id" },
                filter: "state IN (6, 8)");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_command_due",
                table: "outbox_command",
                columns: new[] { "connector", "rank_at", "id", "due_at" },
                filter: "state = 0");

            migrationBuilder.CreateIndex(name: "ix_outbox_command_key", table: "outbox_command", column: "key");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_command_leased", table: "outbox_command", columns: new[] { "lease_until", "id" }, filter: "state = 1");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_command_transaction_id_stem_number",
                table: "outbox_command",
                columns: new[] { "transaction_id", "stem", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_command_unrouted",
                table: "outbox_command",
                columns: new[] { "kind", "legal_entity", "site", "id" },
                filter: "state = 9");

            migrationBuilder.CreateIndex(name: "ix_parking_message_id", table: "parking", column: "message_id");

            migrationBuilder.CreateIndex(
                name: "ix_policy_name_version", table: "policy", columns: new[] { "name", "version" }, unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_publication_connector_state_id", table: "publication", columns: new[] { "connector", "state", "id" });

            migrationBuilder.CreateIndex(name: "ix_reference_link_transaction_id", table: "reference_link", column: "transaction_id");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_at_risk", table: "transaction", columns: new[] { "updated_at", "id" }, filter: "at_risk = 1");

            migrationBuilder.CreateIndex(name: "ix_transaction_correlation_id", table: "transaction", column: "correlation_id");

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

            migrationBuilder.CreateIndex(name: "ix_transaction_key", table: "transaction", column: "key", unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_transaction_late", table: "transaction", columns: new[] { "updated_at", "id" }, filter: "late = 1");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_late_stage",
                table: "transaction",
                columns: new[] { "stage", "updated_at", "id" },
                filter: "late = 1");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_next_look",
                table: "transaction",
                columns: new[] { "next_look_at", "id" },
                filter: "next_look_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_open", table: "transaction", columns: new[] { "updated_at", "id" }, filter: "stage < 7");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_region_updated_at_id", table: "transaction", columns: new[] { "region", "updated_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_transaction_shipped",
                table: "transaction",
                columns: new[] { "shipped_at", "id" },
                filter: "shipped_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_stage", table: "transaction", columns: new[] { "stage", "updated_at", "id" }, filter: "stage <> 7");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_troubled",
                table: "transaction",
                columns: new[] { "health", "updated_at", "id" },
                filter: "health <> 0");

            migrationBuilder.CreateIndex(name: "ix_transaction_updated_at_id", table: "transaction", columns: new[] { "updated_at", "id" });

            migrationBuilder.CreateIndex(name: "ix_transaction_count_hour_id", table: "transaction_count", columns: new[] { "hour", "id" });

            migrationBuilder.CreateIndex(name: "ix_transaction_event_message_id", table: "transaction_event", column: "message_id");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_event_transaction_id_message_id",
                table: "transaction_event",
                columns: new[] { "transaction_id", "message_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_transaction_hold_standing",
                table: "transaction_hold",
                columns: new[] { "kind", "since", "id" },
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_transaction_hold_transaction_id_hold_key",
                table: "transaction_hold",
                columns: new[] { "transaction_id", "hold_key" });

            migrationBuilder.CreateIndex(
                name: "ix_transaction_site_site_transaction_id", table: "transaction_site", columns: new[] { "site", "transaction_id" });

            migrationBuilder.CreateIndex(name: "ix_user_session_user_id", table: "user_session", column: "user_id");

            migrationBuilder.GuardContentsOnSqlServer();
            migrationBuilder.CreateJobStore(DatabaseProvider.SqlServer);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "api_key");

            migrationBuilder.DropTable(name: "approval_request");

            migrationBuilder.DropTable(name: "asp_net_role_claims");

            migrationBuilder.DropTable(name: "asp_net_user_claims");

            migrationBuilder.DropTable(name: "asp_net_user_logins");

            migrationBuilder.DropTable(name: "asp_net_user_roles");

            migrationBuilder.DropTable(name: "asp_net_user_tokens");

            migrationBuilder.DropTable(name: "audit_chain_head");

            migrationBuilder.DropTable(name: "audit_entry");

            migrationBuilder.DropTable(name: "audit_top_head");

            migrationBuilder.DropTable(name: "case_note");

            migrationBuilder.DropTable(name: "case_site");

            migrationBuilder.DropTable(name: "code_map");

            migrationBuilder.DropTable(name: "command_attempt");

            migrationBuilder.DropTable(name: "command_mode");

            migrationBuilder.DropTable(name: "connector");

            migrationBuilder.DropTable(name: "connector_flow");

            migrationBuilder.DropTable(name: "data_protection_key");

            migrationBuilder.DropTable(name: "document_reference");

            migrationBuilder.DropTable(name: "inbox_archive");

            migrationBuilder.DropTable(name: "inbox_arrival");

            migrationBuilder.DropTable(name: "inbox_message");

            migrationBuilder.DropTable(name: "job_lease");

            migrationBuilder.DropTable(name: "outbox_archive");

            migrationBuilder.DropTable(name: "outbox_command");

            migrationBuilder.DropTable(name: "parking");

            migrationBuilder.DropTable(name: "policy");

            migrationBuilder.DropTable(name: "publication");

            migrationBuilder.DropTable(name: "reference_link");

            migrationBuilder.DropTable(name: "retraction");

            migrationBuilder.DropTable(name: "seen_event");

            migrationBuilder.DropTable(name: "site");

            migrationBuilder.DropTable(name: "transaction");

            migrationBuilder.DropTable(name: "transaction_count");

            migrationBuilder.DropTable(name: "transaction_event");

            migrationBuilder.DropTable(name: "transaction_hold");

            migrationBuilder.DropTable(name: "transaction_site");

            migrationBuilder.DropTable(name: "user_scope");

            migrationBuilder.DropTable(name: "user_session");

            migrationBuilder.DropTable(name: "asp_net_roles");

            migrationBuilder.DropTable(name: "exception_case");

            migrationBuilder.DropTable(name: "asp_net_users");

            migrationBuilder.DropJobStore();
        }
    }
}
