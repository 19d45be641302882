using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class CaseSites : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "case_site",
                columns: table => new
                {
                    case_id = table.Column<long>(type: "bigint", nullable: false),
                    site = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C")
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

            migrationBuilder.CreateIndex(
                name: "ix_case_site_site_case_id",
                table: "case_site",
                columns: new[] { "site", "case_id" });

            migrationBuilder.FillCaseSites();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_site");
        }
    }
}
