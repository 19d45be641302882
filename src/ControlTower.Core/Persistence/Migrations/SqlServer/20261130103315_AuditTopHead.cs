using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AuditTopHead : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.InsertData(
                table: "audit_top_head",
                columns: new[] { "id", "heads", "number", "sealed_at", "signature" },
                values: new object[] { (short)1, "", 0L, new DateTimeOffset(new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)), null });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_top_head");
        }
    }
}
