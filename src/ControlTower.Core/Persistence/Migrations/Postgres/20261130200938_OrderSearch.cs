using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresTowerDbContext))]
    [Migration("20261130200938_OrderSearch")]
    public partial class OrderSearch : TowerMigration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "digits",
                table: "document_reference",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true,
                collation: "C");

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
                    text = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
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

            // Read by key or by an index whose filter is the condition, as the other tables of numbers: see PostgresStatistics.
            migrationBuilder.Sql("""
                ALTER TABLE document_reference ALTER COLUMN digits SET STATISTICS 20;
                ALTER TABLE customer_link ALTER COLUMN customer SET STATISTICS 20, ALTER COLUMN transaction_id SET STATISTICS 20;
                ALTER TABLE customer_word ALTER COLUMN text SET STATISTICS 20, ALTER COLUMN customer SET STATISTICS 20;
                ALTER TABLE customer_link SET (autovacuum_analyze_scale_factor = 0.2, autovacuum_analyze_threshold = 1000);
                ALTER TABLE customer_word SET (autovacuum_analyze_scale_factor = 0.2, autovacuum_analyze_threshold = 1000);
                """);
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
