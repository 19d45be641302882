using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ControlTower.Core.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class StatisticsSeldom : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.TakeStatisticsSeldom();
            migrationBuilder.LeaveRoomForOutcomes();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE command_attempt RESET (fillfactor);");
            migrationBuilder.TakeStatisticsAsBefore();
        }
    }
}
