-- Brings a database of version 0.1.0 to the schema that its successor's Initial makes. Each section is the step of that name,
        and is left out
-- where the database has it.
-- Never changed: what comes later is a migration.

-- migration 20261130103000_Promises
ALTER TABLE transaction ADD at_risk boolean NOT NULL DEFAULT FALSE;
CREATE INDEX ix_transaction_at_risk ON transaction (updated_at, id) WHERE at_risk;
UPDATE "transaction" SET next_look_at = ordered_at WHERE stage < 7 AND ordered_at IS NOT NULL;

-- migration 20261130103257_CommandRouting
ALTER TABLE exception_case ADD waiting_commands integer;
ALTER TABLE connector ADD takes text;
CREATE INDEX ix_outbox_command_unrouted ON outbox_command (kind, legal_entity, site, id) WHERE state = 9;
CREATE INDEX ix_exception_case_open_routing ON exception_case (reason_code, id) WHERE state < 3 AND waiting_commands IS NOT NULL;
UPDATE exception_case SET reason_code = 'PUBLICATION_UNROUTABLE' WHERE reason_code = 'UNROUTABLE';

-- migration 20261130103300_AuditTopHead
CREATE TABLE audit_top_head (
    id smallint NOT NULL,
    number bigint NOT NULL,
    heads character varying(360) COLLATE "C" NOT NULL,
    signature bytea,
    sealed_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_audit_top_head PRIMARY KEY (id)
);
INSERT INTO audit_top_head (id, heads, number, sealed_at, signature)
VALUES (1, '', 0, TIMESTAMPTZ '1970-01-01T00:00:00+00:00', NULL);

-- migration 20261130103425_HeldMoney
DROP INDEX ix_exception_case_open_dearest;
DROP INDEX ix_exception_case_open_due;
DROP INDEX ix_exception_case_open_key;
DROP INDEX ix_exception_case_open_message;
DROP INDEX ix_exception_case_open_siteless;
DROP INDEX ix_exception_case_open_team;
DROP INDEX ix_exception_case_unmapped;
ALTER TABLE transaction_count ADD held_count integer NOT NULL DEFAULT 0;
CREATE INDEX ix_exception_case_open_dearest ON exception_case (amount_at_risk DESC, id)
    INCLUDE (state, team, legal_entity)
    WHERE state < 3 AND amount_at_risk IS NOT NULL;
CREATE INDEX ix_exception_case_open_due ON exception_case (due_at, id)
    INCLUDE (state, reason_code, connector, assignee, site, legal_entity, transaction_id, currency, amount_at_risk, opened_at, team)
    WHERE state < 3;
CREATE UNIQUE INDEX ix_exception_case_open_key ON exception_case (case_key) WHERE state < 3;
CREATE INDEX ix_exception_case_open_message ON exception_case (message_id, id)
    INCLUDE (state, reason_code, connector, assignee, site, legal_entity, transaction_id, currency, amount_at_risk, opened_at, team, due_at)
    WHERE state < 3 AND message_id IS NOT NULL;
CREATE INDEX ix_exception_case_open_siteless ON exception_case (id)
    INCLUDE (state, reason_code, connector, assignee, site, legal_entity, transaction_id, currency, amount_at_risk, opened_at, team, due_at)
    WHERE state < 3 AND site IS NULL AND transaction_id IS NOT NULL;
CREATE INDEX ix_exception_case_open_team ON exception_case (team, due_at, id)
    INCLUDE (state, reason_code, connector, assignee, site, legal_entity, transaction_id, currency, amount_at_risk, opened_at)
    WHERE state < 3;
CREATE INDEX ix_exception_case_unmapped ON exception_case (connector, code_scheme, code) WHERE state < 3 AND code IS NOT NULL;
CREATE INDEX ix_exception_case_waived ON exception_case (opened_at, id)
    INCLUDE (state, team, reason_code, site, legal_entity, transaction_id, currency, amount_at_risk)
    WHERE state = 4;
UPDATE exception_case SET state = CASE WHEN origin = 1 THEN 5 ELSE 4 END
WHERE state = 3 AND resolved_by <> 'tower' AND (
    origin = 1
    OR (origin = 0
        AND (transaction_id IS NULL OR EXISTS (SELECT 1 FROM "transaction" t WHERE t.id = exception_case.transaction_id AND t.health <> 0))
        AND NOT EXISTS (SELECT 1 FROM exception_case later
            WHERE later.case_key = exception_case.case_key AND later.id > exception_case.id)));
INSERT INTO transaction_count (hour, sites, legal_entity, currency, stage, health, count, amount, invoiced, posted, held, held_count)
SELECT CAST(NULL AS timestamptz), sites, legal_entity, currency, stage, health, SUM(count), SUM(amount), SUM(invoiced), SUM(posted),
        SUM(held), SUM(held_count)
    FROM (
    SELECT COALESCE(s.sites, '') AS sites, t.legal_entity, t.currency, t.stage, t.health, 1 AS count, t.amount, t.invoiced, t.posted,
            t.held,
        CASE WHEN t.held > 0 THEN 1 ELSE 0 END AS held_count
    FROM transaction t
    LEFT JOIN (SELECT transaction_id, '|' || string_agg(site, '|' ORDER BY site) || '|' AS sites FROM transaction_site
            GROUP BY transaction_id) s
        ON s.transaction_id = t.id
    UNION ALL
    SELECT sites, legal_entity, currency, stage, health, -count, -amount, -invoiced, -posted, -held, -held_count FROM transaction_count
        WHERE hour IS NULL) AS counted
GROUP BY sites, legal_entity, currency, stage, health
    HAVING SUM(count) <> 0 OR SUM(amount) <> 0 OR SUM(invoiced) <> 0 OR SUM(posted) <> 0 OR SUM(held) <> 0 OR SUM(held_count) <> 0;

-- migration 20261130103858_ContentGuard

-- migration 20261130114819_UserSessions
CREATE TABLE user_session (
    id uuid NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT pk_user_session PRIMARY KEY (id),
    CONSTRAINT fk_user_session_asp_net_users_user_id FOREIGN KEY (user_id) REFERENCES asp_net_users (id) ON DELETE CASCADE
);
CREATE INDEX ix_user_session_user_id ON user_session (user_id);
