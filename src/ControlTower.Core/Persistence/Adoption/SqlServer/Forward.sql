-- Brings a database of version 0.1.0 to the schema that its successor's Initial makes. Each section is the step of that name,
        and is left out
-- where the database has it. GO ends a batch.
-- Never changed: what comes later is a migration.

-- migration 20261130103010_Promises
ALTER TABLE [transaction] ADD [at_risk] bit NOT NULL DEFAULT CAST(0 AS bit);
GO
CREATE INDEX [ix_transaction_at_risk] ON [transaction] ([updated_at], [id]) WHERE at_risk = 1;
GO
UPDATE [transaction] SET next_look_at = ordered_at WHERE stage < 7 AND ordered_at IS NOT NULL;
GO

-- migration 20261130103258_CommandRouting
ALTER TABLE [exception_case] ADD [waiting_commands] int NULL;
GO
ALTER TABLE [connector] ADD [takes] nvarchar(max) NULL;
GO
CREATE INDEX [ix_outbox_command_unrouted] ON [outbox_command] ([kind], [legal_entity], [site], [id]) WHERE state = 9;
GO
CREATE INDEX [ix_exception_case_open_routing] ON [exception_case] ([reason_code], [id]) WHERE state < 3 AND waiting_commands IS NOT NULL;
GO
UPDATE exception_case SET reason_code = 'PUBLICATION_UNROUTABLE' WHERE reason_code = 'UNROUTABLE';
GO

-- migration 20261130103315_AuditTopHead
CREATE TABLE [audit_top_head] (
    [id] smallint NOT NULL,
    [number] bigint NOT NULL,
    [heads] nvarchar(360) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [signature] varbinary(32) NULL,
    [sealed_at] datetimeoffset NOT NULL,
    CONSTRAINT [pk_audit_top_head] PRIMARY KEY ([id])
);
GO
IF EXISTS (SELECT * FROM [sys].[identity_columns]
    WHERE [name] IN (N'id', N'heads', N'number', N'sealed_at', N'signature')
    AND [object_id] = OBJECT_ID(N'[audit_top_head]'))
    SET IDENTITY_INSERT [audit_top_head] ON;
INSERT INTO [audit_top_head] ([id], [heads], [number], [sealed_at], [signature])
VALUES (CAST(1 AS smallint), N'', CAST(0 AS bigint), '1970-01-01T00:00:00.0000000+00:00', NULL);
IF EXISTS (SELECT * FROM [sys].[identity_columns]
    WHERE [name] IN (N'id', N'heads', N'number', N'sealed_at', N'signature')
    AND [object_id] = OBJECT_ID(N'[audit_top_head]'))
    SET IDENTITY_INSERT [audit_top_head] OFF;
GO

-- migration 20261130103433_HeldMoney
DROP INDEX [ix_exception_case_open_dearest] ON [exception_case];
GO
DROP INDEX [ix_exception_case_open_due] ON [exception_case];
GO
DROP INDEX [ix_exception_case_open_key] ON [exception_case];
GO
DROP INDEX [ix_exception_case_open_message] ON [exception_case];
GO
DROP INDEX [ix_exception_case_open_siteless] ON [exception_case];
GO
DROP INDEX [ix_exception_case_open_team] ON [exception_case];
GO
DROP INDEX [ix_exception_case_unmapped] ON [exception_case];
GO
ALTER TABLE [transaction_count] ADD [held_count] int NOT NULL DEFAULT 0;
GO
CREATE INDEX [ix_exception_case_open_dearest] ON [exception_case] ([amount_at_risk] DESC, [id])
    INCLUDE ([state], [team], [legal_entity])
    WHERE state < 3 AND amount_at_risk IS NOT NULL;
GO
CREATE INDEX [ix_exception_case_open_due] ON [exception_case] ([due_at], [id])
    INCLUDE ([state], [reason_code], [connector], [assignee], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk],
        [opened_at], [team])
    WHERE state < 3;
GO
CREATE UNIQUE INDEX [ix_exception_case_open_key] ON [exception_case] ([case_key]) WHERE state < 3;
GO
CREATE INDEX [ix_exception_case_open_message] ON [exception_case] ([message_id], [id])
    INCLUDE ([state], [reason_code], [connector], [assignee], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk],
        [opened_at], [team], [due_at])
    WHERE state < 3 AND message_id IS NOT NULL;
GO
CREATE INDEX [ix_exception_case_open_siteless] ON [exception_case] ([id])
    INCLUDE ([state], [reason_code], [connector], [assignee], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk],
        [opened_at], [team], [due_at])
    WHERE state < 3 AND site IS NULL AND transaction_id IS NOT NULL;
GO
CREATE INDEX [ix_exception_case_open_team] ON [exception_case] ([team], [due_at], [id])
    INCLUDE ([state], [reason_code], [connector], [assignee], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk],
        [opened_at])
    WHERE state < 3;
GO
CREATE INDEX [ix_exception_case_unmapped] ON [exception_case] ([connector], [code_scheme], [code]) WHERE state < 3 AND code IS NOT NULL;
GO
CREATE INDEX [ix_exception_case_waived] ON [exception_case] ([opened_at], [id])
    INCLUDE ([state], [team], [reason_code], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk])
    WHERE state = 4;
GO
UPDATE exception_case SET state = CASE WHEN origin = 1 THEN 5 ELSE 4 END
WHERE state = 3 AND resolved_by <> 'tower' AND (
    origin = 1
    OR (origin = 0
        AND (transaction_id IS NULL OR EXISTS (SELECT 1 FROM "transaction" t WHERE t.id = exception_case.transaction_id AND t.health <> 0))
        AND NOT EXISTS (SELECT 1 FROM exception_case later
            WHERE later.case_key = exception_case.case_key AND later.id > exception_case.id)));
GO
INSERT INTO transaction_count (hour, sites, legal_entity, currency, stage, health, count, amount, invoiced, posted, held, held_count)
SELECT CAST(NULL AS datetimeoffset), sites, legal_entity, currency, stage, health, SUM(count), SUM(amount), SUM(invoiced), SUM(posted),
        SUM(held), SUM(held_count)
    FROM (
    SELECT COALESCE(s.sites, '') AS sites, t.legal_entity, t.currency, t.stage, t.health, 1 AS count, t.amount, t.invoiced, t.posted,
            t.held,
        CASE WHEN t.held > 0 THEN 1 ELSE 0 END AS held_count
    FROM [transaction] t
    LEFT JOIN (SELECT transaction_id, '|' + STRING_AGG(CAST(site AS varchar(max)),
            '|') WITHIN GROUP (ORDER BY site) + '|' AS sites FROM transaction_site GROUP BY transaction_id) s
        ON s.transaction_id = t.id
    UNION ALL
    SELECT sites, legal_entity, currency, stage, health, -count, -amount, -invoiced, -posted, -held, -held_count FROM transaction_count
        WHERE hour IS NULL) AS counted
GROUP BY sites, legal_entity, currency, stage, health
    HAVING SUM(count) <> 0 OR SUM(amount) <> 0 OR SUM(invoiced) <> 0 OR SUM(posted) <> 0 OR SUM(held) <> 0 OR SUM(held_count) <> 0;
GO

-- migration 20261130103847_ContentGuard
EXEC(N'CREATE TRIGGER [outbox_command_content] ON [outbox_command] AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF (UPDATE(transaction_id) OR UPDATE(stem) OR UPDATE(number) OR UPDATE([key]) OR UPDATE(body) OR UPDATE(content_hash))
        AND EXISTS (
            SELECT id, transaction_id, stem, DATALENGTH(stem), number, [key], DATALENGTH([key]), body, content_hash FROM inserted
            EXCEPT
            SELECT id, transaction_id, stem, DATALENGTH(stem), number, [key], DATALENGTH([key]), body, content_hash FROM deleted)
        THROW 50001, N''The content of a command never changes under its key.'', 1;
END');
GO

-- migration 20261130114819_UserSessions
CREATE TABLE [user_session] (
    [id] uniqueidentifier NOT NULL,
    [user_id] bigint NOT NULL,
    [created_at] datetimeoffset NOT NULL,
    [expires_at] datetimeoffset NOT NULL,
    CONSTRAINT [pk_user_session] PRIMARY KEY ([id]),
    CONSTRAINT [fk_user_session_asp_net_users_user_id] FOREIGN KEY ([user_id]) REFERENCES [asp_net_users] ([id]) ON DELETE CASCADE
);
GO
CREATE INDEX [ix_user_session_user_id] ON [user_session] ([user_id]);
GO
