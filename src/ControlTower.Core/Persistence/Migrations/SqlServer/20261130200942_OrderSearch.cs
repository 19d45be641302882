using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(SqlServerTowerDbContext))]
    [Migration("20261130200942_OrderSearch")]
    public partial class OrderSearch : TowerMigration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "digits",
                table: "document_reference",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true,
                collation: "Latin1_General_100_BIN2_UTF8");

            migrationBuilder.CreateTable(
                name: "customer_link",
                columns: table => new
                {
                    customer = table.Column<long>(type: "bigint", nullable: false),
                    transaction_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_link", x => new { x.customer, x.transaction_id });
                });

            migrationBuilder.CreateTable(
                name: "customer_word",
                columns: table => new
                {
                    text = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2_UTF8"),
                    customer = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_word", x => new { x.text, x.customer });
                });

            migrationBuilder.CreateIndex(
                name: "ix_document_reference_digits",
                table: "document_reference",
                columns: new[] { "digits", "id" },
                filter: "digits <> ''");

            migrationBuilder.CreateIndex(
                name: "ix_document_reference_unfilled",
                table: "document_reference",
                column: "id",
                filter: "digits IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "customer_link");

            migrationBuilder.DropTable(name: "customer_word");

            migrationBuilder.DropIndex(name: "ix_document_reference_digits", table: "document_reference");

            migrationBuilder.DropIndex(name: "ix_document_reference_unfilled", table: "document_reference");

            migrationBuilder.DropColumn(name: "digits", table: "document_reference");
        }
    }
}
