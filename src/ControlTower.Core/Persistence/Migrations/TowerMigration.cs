using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Persistence.Migrations;

/// <summary>
/// A migration without a copy of the model. From the model SQL takes the version that wrote it alone: without one, unique
/// indexes of SQL Server would get the filters that Entity Framework 1 gave them.
/// </summary>
public abstract class TowerMigration : Migration
{
    protected override void BuildTargetModel(ModelBuilder modelBuilder) => modelBuilder.HasAnnotation("ProductVersion", "10.0.15");
}
