namespace ControlTower.Core.Persistence;

/// <summary>
/// SQL Server's trigger for a rule that EF Core's model also enforces: the content of a command never changes under its
/// key, whoever writes.
/// </summary>
internal static class ContentGuard
{
    public const string Trigger = "outbox_command_content";

    /// <summary>
    /// Costs nothing where none of these columns is set. EXCEPT takes two nulls as equal, as PostgreSQL's IS DISTINCT
    /// FROM does. Lengths are compared as well, because blanks at the end of a text count here.
    /// </summary>
    public const string Create = $"""
        CREATE TRIGGER [{Trigger}] ON [outbox_command] AFTER UPDATE AS
        BEGIN
            SET NOCOUNT ON;
            IF (UPDATE(transaction_id) OR UPDATE(stem) OR UPDATE(number) OR UPDATE([key]) OR UPDATE(body) OR UPDATE(content_hash))
                AND EXISTS (
                    SELECT {Content} FROM inserted
                    EXCEPT
                    SELECT {Content} FROM deleted)
                THROW 50001, N'The content of a command never changes under its key.', 1;
        END
        """;

    public const string Drop = $"DROP TRIGGER [{Trigger}]";

    private const string Content = "id, transaction_id, stem, DATALENGTH(stem), number, [key], DATALENGTH([key]), body, content_hash";
}
