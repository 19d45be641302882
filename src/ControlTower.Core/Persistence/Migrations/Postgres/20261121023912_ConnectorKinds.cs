using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ConnectorKinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "note",
                table: "inbox_message",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "code",
                table: "exception_case",
                type: "character varying(120)",
                maxLength: 120,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "code_scheme",
                table: "exception_case",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "code_version",
                table: "exception_case",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AlterColumn<byte[]>(
                name: "outbound_secret",
                table: "connector",
                type: "bytea",
                maxLength: 256,
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "bytea",
                oldMaxLength: 256);

            migrationBuilder.AlterColumn<byte[]>(
                name: "inbound_secret",
                table: "connector",
                type: "bytea",
                maxLength: 256,
                nullable: true,
                oldClrType: typeof(byte[]),
                oldType: "bytea",
                oldMaxLength: 256);

            migrationBuilder.AlterColumn<string>(
                name: "cursor",
                table: "connector",
                type: "character varying(4000)",
                maxLength: 4000,
                nullable: true,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(1000)",
                oldMaxLength: 1000,
                oldNullable: true,
                oldCollation: "C");

            migrationBuilder.AddColumn<byte[]>(
                name: "credentials",
                table: "connector",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "settings",
                table: "connector",
                type: "text",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.CreateTable(
                name: "code_map",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    connector = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    scheme = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    version = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    code = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    meaning = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    changed_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_code_map", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_exception_case_unmapped",
                table: "exception_case",
                columns: new[] { "connector", "code_scheme", "code" },
                filter: "state <> 3 AND code IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_code_map_kind_connector_scheme_version_code",
                table: "code_map",
                columns: new[] { "kind", "connector", "scheme", "version", "code" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "code_map");

            migrationBuilder.DropIndex(
                name: "ix_exception_case_unmapped",
                table: "exception_case");

            migrationBuilder.DropColumn(
                name: "note",
                table: "inbox_message");

            migrationBuilder.DropColumn(
                name: "code",
                table: "exception_case");

            migrationBuilder.DropColumn(
                name: "code_scheme",
                table: "exception_case");

            migrationBuilder.DropColumn(
                name: "code_version",
                table: "exception_case");

            migrationBuilder.DropColumn(
                name: "credentials",
                table: "connector");

            migrationBuilder.DropColumn(
                name: "settings",
                table: "connector");

            migrationBuilder.AlterColumn<byte[]>(
                name: "outbound_secret",
                table: "connector",
                type: "bytea",
                maxLength: 256,
                nullable: false,
                defaultValue: new byte[0],
                oldClrType: typeof(byte[]),
                oldType: "bytea",
                oldMaxLength: 256,
                oldNullable: true);

            migrationBuilder.AlterColumn<byte[]>(
                name: "inbound_secret",
                table: "connector",
                type: "bytea",
                maxLength: 256,
                nullable: false,
                defaultValue: new byte[0],
                oldClrType: typeof(byte[]),
                oldType: "bytea",
                oldMaxLength: 256,
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "cursor",
                table: "connector",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(4000)",
                oldMaxLength: 4000,
                oldNullable: true,
                oldCollation: "C");
        }
    }
}
