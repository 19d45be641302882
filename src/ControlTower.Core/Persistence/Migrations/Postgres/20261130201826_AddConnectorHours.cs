using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresTowerDbContext))]
    [Migration("20261130201826_AddConnectorHours")]
    public partial class AddConnectorHours : TowerMigration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "connector_hour",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connector = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    hour = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    received = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    failed = table.Column<int>(type: "integer", nullable: false),
                    within5 = table.Column<int>(type: "integer", nullable: false),
                    within10 = table.Column<int>(type: "integer", nullable: false),
                    within25 = table.Column<int>(type: "integer", nullable: false),
                    within50 = table.Column<int>(type: "integer", nullable: false),
                    within100 = table.Column<int>(type: "integer", nullable: false),
                    within250 = table.Column<int>(type: "integer", nullable: false),
                    within500 = table.Column<int>(type: "integer", nullable: false),
                    within1000 = table.Column<int>(type: "integer", nullable: false),
                    within2500 = table.Column<int>(type: "integer", nullable: false),
                    within5000 = table.Column<int>(type: "integer", nullable: false),
                    within10000 = table.Column<int>(type: "integer", nullable: false),
                    answered = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_hour", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_connector_hour_hour_connector", table: "connector_hour", columns: new[] { "hour", "connector" });

            // As transaction_count: each row dies at the next fold.
            migrationBuilder.Sql("""
                ALTER TABLE connector_hour SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000,
                    autovacuum_vacuum_cost_delay = 0, autovacuum_vacuum_insert_scale_factor = 0.05,
                    autovacuum_analyze_scale_factor = 0.2, autovacuum_analyze_threshold = 1000);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "connector_hour");
        }
    }
}
