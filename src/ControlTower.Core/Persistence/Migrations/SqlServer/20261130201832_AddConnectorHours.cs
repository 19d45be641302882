using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(SqlServerTowerDbContext))]
    [Migration("20261130201832_AddConnectorHours")]
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
                        .Annotation("SqlServer:Identity", "1, 1"),
                    connector = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    hour = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    received = table.Column<int>(type: "int", nullable: false),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    failed = table.Column<int>(type: "int", nullable: false),
                    within5 = table.Column<int>(type: "int", nullable: false),
                    within10 = table.Column<int>(type: "int", nullable: false),
                    within25 = table.Column<int>(type: "int", nullable: false),
                    within50 = table.Column<int>(type: "int", nullable: false),
                    within100 = table.Column<int>(type: "int", nullable: false),
                    within250 = table.Column<int>(type: "int", nullable: false),
                    within500 = table.Column<int>(type: "int", nullable: false),
                    within1000 = table.Column<int>(type: "int", nullable: false),
                    within2500 = table.Column<int>(type: "int", nullable: false),
                    within5000 = table.Column<int>(type: "int", nullable: false),
                    within10000 = table.Column<int>(type: "int", nullable: false),
                    answered = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_hour", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_connector_hour_hour_connector", table: "connector_hour", columns: new[] { "hour", "connector" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "connector_hour");
        }
    }
}
