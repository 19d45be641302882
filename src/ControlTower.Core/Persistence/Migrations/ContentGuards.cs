using Microsoft.EntityFrameworkCore.Migrations;

namespace ControlTower.Core.Persistence.Migrations;

/// <summary>
/// The triggers of <c>Initial</c> by which the content of a command never changes under its key, whoever writes. Never
/// changed: another text is a migration.
/// </summary>
internal static class ContentGuards
{
    /// <summary>Costs nothing where none of these columns is set.</summary>
    public static void GuardContentsOnPostgres(this MigrationBuilder migration) => migration.Sql("""
        CREATE FUNCTION outbox_command_keeps_its_content() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (NEW.transaction_id, NEW.stem, NEW.number, NEW.key, NEW.body, NEW.content_hash)
                IS DISTINCT FROM (OLD.transaction_id, OLD.stem, OLD.number, OLD.key, OLD.body, OLD.content_hash) THEN
                RAISE EXCEPTION 'The content of command % never changes under its key.', OLD.key USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER outbox_command_content BEFORE UPDATE OF transaction_id, stem, number, key, body, content_hash ON outbox_command
            FOR EACH ROW EXECUTE FUNCTION outbox_command_keeps_its_content();
        """);

    /// <summary>After the tables, whose triggers go with them.</summary>
    public static void DropContentGuardOnPostgres(this MigrationBuilder migration) =>
        migration.Sql("DROP FUNCTION outbox_command_keeps_its_content();");

    /// <summary>
    /// A trigger is made in a batch of its own, which a script with conditions can have by EXEC only.
    /// </summary>
    public static void GuardContentsOnSqlServer(this MigrationBuilder migration) =>
        migration.Sql($"EXEC(N'{ContentGuard.Create.Replace("'", "''", StringComparison.Ordinal)}');");
}
