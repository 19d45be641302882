using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Arrivals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "inbox_arrival",
                columns: table => new
                {
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    connector = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_arrival", x => x.message_id);
                });

            // Every row dies within seconds, and every claim walks over the dead ones.
            migrationBuilder.Sql("""
                ALTER TABLE inbox_arrival SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
                    autovacuum_analyze_scale_factor = 0.2, autovacuum_analyze_threshold = 1000);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The version before takes what is pending by its own state.
            migrationBuilder.Sql("UPDATE inbox_message SET state = 0 WHERE id IN (SELECT message_id FROM inbox_arrival)");
            migrationBuilder.DropTable(
                name: "inbox_arrival");
        }
    }
}
