-- The schema of version 0.1.0 as its migrations made it (dotnet ef migrations script 0 PendingApprovals). Never changed: databases like it exist.
IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

CREATE TABLE [api_key] (
    [id] bigint NOT NULL IDENTITY,
    [name] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [role] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [hash] varbinary(32) NOT NULL,
    [prefix] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [sites] nvarchar(max) NOT NULL,
    [legal_entities] nvarchar(max) NOT NULL,
    [created_at] datetimeoffset NOT NULL,
    [created_by] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [revoked_at] datetimeoffset NULL,
    [last_used_at] datetimeoffset NULL,
    CONSTRAINT [pk_api_key] PRIMARY KEY ([id])
);
GO

CREATE TABLE [approval_request] (
    [id] bigint NOT NULL IDENTITY,
    [transaction_id] bigint NOT NULL,
    [case_id] bigint NULL,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [document] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [slice] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [content_hash] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [amount] decimal(19,4) NOT NULL,
    [currency] nvarchar(3) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [policy_version] bigint NOT NULL,
    [site] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [legal_entity] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [reason] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [evidence] nvarchar(max) NOT NULL,
    [requested_by_id] bigint NOT NULL,
    [requested_by] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [requested_at] datetimeoffset NOT NULL,
    [expires_at] datetimeoffset NOT NULL,
    [state] smallint NOT NULL,
    [decided_by_id] bigint NULL,
    [decided_by] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [decided_at] datetimeoffset NULL,
    [comment] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [version] int NOT NULL,
    CONSTRAINT [pk_approval_request] PRIMARY KEY ([id])
);
GO

CREATE TABLE [asp_net_roles] (
    [id] bigint NOT NULL IDENTITY,
    [name] nvarchar(256) NULL,
    [normalized_name] nvarchar(256) NULL,
    [concurrency_stamp] nvarchar(max) NULL,
    CONSTRAINT [pk_asp_net_roles] PRIMARY KEY ([id])
);
GO

CREATE TABLE [asp_net_users] (
    [id] bigint NOT NULL IDENTITY,
    [display_name] nvarchar(200) NOT NULL,
    [authority_limit] decimal(19,4) NULL,
    [disabled] bit NOT NULL,
    [user_name] nvarchar(256) NULL,
    [normalized_user_name] nvarchar(256) NULL,
    [email] nvarchar(256) NULL,
    [normalized_email] nvarchar(256) NULL,
    [email_confirmed] bit NOT NULL,
    [password_hash] nvarchar(max) NULL,
    [security_stamp] nvarchar(max) NULL,
    [concurrency_stamp] nvarchar(max) NULL,
    [phone_number] nvarchar(max) NULL,
    [phone_number_confirmed] bit NOT NULL,
    [two_factor_enabled] bit NOT NULL,
    [lockout_end] datetimeoffset NULL,
    [lockout_enabled] bit NOT NULL,
    [access_failed_count] int NOT NULL,
    CONSTRAINT [pk_asp_net_users] PRIMARY KEY ([id])
);
GO

CREATE TABLE [audit_chain_head] (
    [chain] smallint NOT NULL,
    [sequence] bigint NOT NULL,
    [hash] varbinary(32) NOT NULL,
    [signature] varbinary(32) NULL,
    [sealed_at] datetimeoffset NOT NULL,
    CONSTRAINT [pk_audit_chain_head] PRIMARY KEY ([chain])
);
GO

CREATE TABLE [audit_entry] (
    [id] bigint NOT NULL IDENTITY,
    [chain] smallint NOT NULL,
    [sequence] bigint NULL,
    [at] datetimeoffset NOT NULL,
    [actor] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [actor_kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [act] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [object_type] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [object_key] nvarchar(320) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [transaction_key] nvarchar(185) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [reason] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [before] nvarchar(max) NULL,
    [after] nvarchar(max) NULL,
    [previous_hash] varbinary(32) NULL,
    [hash] varbinary(32) NULL,
    CONSTRAINT [pk_audit_entry] PRIMARY KEY ([id])
);
GO

CREATE TABLE [case_note] (
    [id] bigint NOT NULL IDENTITY,
    [case_id] bigint NOT NULL,
    [at] datetimeoffset NOT NULL,
    [actor] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [act] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [text] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    CONSTRAINT [pk_case_note] PRIMARY KEY ([id])
);
GO

CREATE TABLE [command_attempt] (
    [id] bigint NOT NULL IDENTITY,
    [command_id] bigint NOT NULL,
    [number] int NOT NULL,
    [started_at] datetimeoffset NOT NULL,
    [ended_at] datetimeoffset NULL,
    [outcome] smallint NOT NULL,
    [http_status] int NULL,
    [detail] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    CONSTRAINT [pk_command_attempt] PRIMARY KEY ([id])
);
GO

CREATE TABLE [command_mode] (
    [id] bigint NOT NULL IDENTITY,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [legal_entity] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [site] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [mode] smallint NOT NULL,
    CONSTRAINT [pk_command_mode] PRIMARY KEY ([id])
);
GO

CREATE TABLE [connector] (
    [id] bigint NOT NULL IDENTITY,
    [name] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [role] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [base_url] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [sites] nvarchar(max) NOT NULL,
    [legal_entities] nvarchar(max) NOT NULL,
    [reports] nvarchar(max) NOT NULL,
    [inbound_secret] varbinary(256) NOT NULL,
    [previous_inbound_secret] varbinary(256) NULL,
    [previous_inbound_until] datetimeoffset NULL,
    [outbound_secret] varbinary(256) NOT NULL,
    [poll] bit NOT NULL,
    [poll_seconds] int NOT NULL,
    [rate_per_second] int NULL,
    [concurrency] int NULL,
    [inbound_per_second] int NULL,
    [paused] bit NOT NULL,
    [paused_reason] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [cursor] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [next_poll_at] datetimeoffset NULL,
    [last_inbound_at] datetimeoffset NULL,
    [last_outbound_at] datetimeoffset NULL,
    [last_error] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [last_error_at] datetimeoffset NULL,
    [health] smallint NOT NULL,
    [version] int NOT NULL,
    CONSTRAINT [pk_connector] PRIMARY KEY ([id])
);
GO

CREATE TABLE [data_protection_key] (
    [id] bigint NOT NULL IDENTITY,
    [friendly_name] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [xml] nvarchar(max) NOT NULL,
    CONSTRAINT [pk_data_protection_key] PRIMARY KEY ([id])
);
GO

CREATE TABLE [document_reference] (
    [id] bigint NOT NULL IDENTITY,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [value] nvarchar(512) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    CONSTRAINT [pk_document_reference] PRIMARY KEY ([id])
);
GO

CREATE TABLE [exception_case] (
    [id] bigint NOT NULL IDENTITY,
    [case_key] nvarchar(512) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [origin] smallint NOT NULL,
    [transaction_id] bigint NULL,
    [message_id] bigint NULL,
    [command_id] bigint NULL,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [reason_code] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [team] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [state] smallint NOT NULL,
    [assignee] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [site] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [legal_entity] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [message] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [failing_field] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [amount_at_risk] decimal(19,4) NULL,
    [currency] nvarchar(3) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [payload] varbinary(max) NULL,
    [revision] int NOT NULL,
    [opened_at] datetimeoffset NOT NULL,
    [due_at] datetimeoffset NOT NULL,
    [resolved_at] datetimeoffset NULL,
    [resolved_by] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [resolution] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [replays] int NOT NULL,
    [updated_at] datetimeoffset NOT NULL,
    [version] int NOT NULL,
    CONSTRAINT [pk_exception_case] PRIMARY KEY ([id])
);
GO

CREATE TABLE [inbox_message] (
    [id] bigint NOT NULL IDENTITY,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [source] nvarchar(512) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [event_id] nvarchar(256) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [dedupe_key] varbinary(32) NOT NULL,
    [content_hash] varbinary(32) NOT NULL,
    [payload] varbinary(max) NOT NULL,
    [type] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [subject] nvarchar(512) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [state] smallint NOT NULL,
    [due_at] datetimeoffset NOT NULL,
    [attempts] int NOT NULL,
    [received_at] datetimeoffset NOT NULL,
    [accepted_at] datetimeoffset NOT NULL,
    [parked_since] datetimeoffset NULL,
    [processed_at] datetimeoffset NULL,
    [trace_parent] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    CONSTRAINT [pk_inbox_message] PRIMARY KEY ([id])
);
GO

CREATE TABLE [outbox_command] (
    [id] bigint NOT NULL IDENTITY,
    [transaction_id] bigint NOT NULL,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [document] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [slice] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [stem] nvarchar(320) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [number] int NOT NULL,
    [key] nvarchar(320) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [site] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [legal_entity] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [body] varbinary(max) NOT NULL,
    [content_hash] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [amount] decimal(19,4) NULL,
    [currency] nvarchar(3) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [state] smallint NOT NULL,
    [priority] smallint NOT NULL,
    [due_at] datetimeoffset NOT NULL,
    [lease_owner] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [lease_until] datetimeoffset NULL,
    [attempts] int NOT NULL,
    [policy_version] bigint NOT NULL,
    [created_at] datetimeoffset NOT NULL,
    [settled_at] datetimeoffset NULL,
    [external_id] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [error_code] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [error_detail] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [trace_parent] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    CONSTRAINT [pk_outbox_command] PRIMARY KEY ([id])
);
GO

CREATE TABLE [parking] (
    [reference_id] bigint NOT NULL,
    [message_id] bigint NOT NULL,
    CONSTRAINT [pk_parking] PRIMARY KEY ([reference_id], [message_id])
);
GO

CREATE TABLE [policy] (
    [id] bigint NOT NULL IDENTITY,
    [name] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [version] int NOT NULL,
    [json] nvarchar(max) NOT NULL,
    [created_at] datetimeoffset NOT NULL,
    [created_by] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    CONSTRAINT [pk_policy] PRIMARY KEY ([id])
);
GO

CREATE TABLE [reference_link] (
    [reference_id] bigint NOT NULL,
    [system] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [transaction_id] bigint NOT NULL,
    CONSTRAINT [pk_reference_link] PRIMARY KEY ([reference_id], [system], [transaction_id])
);
GO

CREATE TABLE [retraction] (
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [dedupe_key] varbinary(32) NOT NULL,
    [by_message_id] bigint NOT NULL,
    CONSTRAINT [pk_retraction] PRIMARY KEY ([dedupe_key], [connector], [by_message_id])
);
GO

CREATE TABLE [site] (
    [code] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [name] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [time_zone] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [region] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [legal_entity] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [area] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    CONSTRAINT [pk_site] PRIMARY KEY ([code])
);
GO

CREATE TABLE [transaction] (
    [id] bigint NOT NULL IDENTITY,
    [key] nvarchar(185) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [erp_system] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [order_number] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [state] nvarchar(max) NOT NULL,
    [state_format] int NOT NULL,
    [version] int NOT NULL,
    [policy_version] bigint NOT NULL,
    [stage] smallint NOT NULL,
    [health] smallint NOT NULL,
    [legal_entity] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [region] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [customer_id] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [customer_name] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [segment] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [carrier] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [currency] nvarchar(3) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [amount] decimal(19,4) NOT NULL,
    [invoiced] decimal(19,4) NOT NULL,
    [posted] decimal(19,4) NOT NULL,
    [held] decimal(19,4) NOT NULL,
    [late] bit NOT NULL,
    [ordered_at] datetimeoffset NULL,
    [requested_delivery] datetimeoffset NULL,
    [shipped_at] datetimeoffset NULL,
    [delivered_at] datetimeoffset NULL,
    [next_look_at] datetimeoffset NULL,
    [updated_at] datetimeoffset NOT NULL,
    [created_at] datetimeoffset NOT NULL,
    [correlation_id] nvarchar(32) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    CONSTRAINT [pk_transaction] PRIMARY KEY ([id])
);
GO

CREATE TABLE [transaction_event] (
    [id] bigint NOT NULL IDENTITY,
    [transaction_id] bigint NOT NULL,
    [message_id] bigint NOT NULL,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [milestone] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [subject] nvarchar(512) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [sequence] bigint NULL,
    [time] datetimeoffset NOT NULL,
    [recorded_at] datetimeoffset NOT NULL,
    [fact] nvarchar(max) NOT NULL,
    [witness] bit NOT NULL,
    [retracted] bit NOT NULL,
    CONSTRAINT [pk_transaction_event] PRIMARY KEY ([id])
);
GO

CREATE TABLE [transaction_hold] (
    [id] bigint NOT NULL IDENTITY,
    [transaction_id] bigint NOT NULL,
    [hold_key] nvarchar(320) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [stops] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [code] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [reason] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [document] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [slice] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [amount] decimal(19,4) NULL,
    [currency] nvarchar(3) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [content_hash] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [evidence] nvarchar(max) NOT NULL,
    [since] datetimeoffset NOT NULL,
    [closed_at] datetimeoffset NULL,
    CONSTRAINT [pk_transaction_hold] PRIMARY KEY ([id])
);
GO

CREATE TABLE [transaction_site] (
    [transaction_id] bigint NOT NULL,
    [site] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    CONSTRAINT [pk_transaction_site] PRIMARY KEY ([transaction_id], [site])
);
GO

CREATE TABLE [user_scope] (
    [user_id] bigint NOT NULL,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [value] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    CONSTRAINT [pk_user_scope] PRIMARY KEY ([user_id], [kind], [value])
);
GO

CREATE TABLE [asp_net_role_claims] (
    [id] int NOT NULL IDENTITY,
    [role_id] bigint NOT NULL,
    [claim_type] nvarchar(max) NULL,
    [claim_value] nvarchar(max) NULL,
    CONSTRAINT [pk_asp_net_role_claims] PRIMARY KEY ([id]),
    CONSTRAINT [fk_asp_net_role_claims_asp_net_roles_role_id] FOREIGN KEY ([role_id]) REFERENCES [asp_net_roles] ([id]) ON DELETE CASCADE
);
GO

CREATE TABLE [asp_net_user_claims] (
    [id] int NOT NULL IDENTITY,
    [user_id] bigint NOT NULL,
    [claim_type] nvarchar(max) NULL,
    [claim_value] nvarchar(max) NULL,
    CONSTRAINT [pk_asp_net_user_claims] PRIMARY KEY ([id]),
    CONSTRAINT [fk_asp_net_user_claims_asp_net_users_user_id] FOREIGN KEY ([user_id]) REFERENCES [asp_net_users] ([id]) ON DELETE CASCADE
);
GO

CREATE TABLE [asp_net_user_logins] (
    [login_provider] nvarchar(450) NOT NULL,
    [provider_key] nvarchar(450) NOT NULL,
    [provider_display_name] nvarchar(max) NULL,
    [user_id] bigint NOT NULL,
    CONSTRAINT [pk_asp_net_user_logins] PRIMARY KEY ([login_provider], [provider_key]),
    CONSTRAINT [fk_asp_net_user_logins_asp_net_users_user_id] FOREIGN KEY ([user_id]) REFERENCES [asp_net_users] ([id]) ON DELETE CASCADE
);
GO

CREATE TABLE [asp_net_user_roles] (
    [user_id] bigint NOT NULL,
    [role_id] bigint NOT NULL,
    CONSTRAINT [pk_asp_net_user_roles] PRIMARY KEY ([user_id], [role_id]),
    CONSTRAINT [fk_asp_net_user_roles_asp_net_roles_role_id] FOREIGN KEY ([role_id]) REFERENCES [asp_net_roles] ([id]) ON DELETE CASCADE,
    CONSTRAINT [fk_asp_net_user_roles_asp_net_users_user_id] FOREIGN KEY ([user_id]) REFERENCES [asp_net_users] ([id]) ON DELETE CASCADE
);
GO

CREATE TABLE [asp_net_user_tokens] (
    [user_id] bigint NOT NULL,
    [login_provider] nvarchar(450) NOT NULL,
    [name] nvarchar(450) NOT NULL,
    [value] nvarchar(max) NULL,
    CONSTRAINT [pk_asp_net_user_tokens] PRIMARY KEY ([user_id], [login_provider], [name]),
    CONSTRAINT [fk_asp_net_user_tokens_asp_net_users_user_id] FOREIGN KEY ([user_id]) REFERENCES [asp_net_users] ([id]) ON DELETE CASCADE
);
GO

CREATE UNIQUE INDEX [ix_api_key_hash] ON [api_key] ([hash]);
GO

CREATE UNIQUE INDEX [ix_approval_request_pending] ON [approval_request] ([transaction_id], [slice], [content_hash]) WHERE state = 0;
GO

CREATE INDEX [ix_approval_request_state_requested_at_id] ON [approval_request] ([state], [requested_at], [id]);
GO

CREATE INDEX [ix_asp_net_role_claims_role_id] ON [asp_net_role_claims] ([role_id]);
GO

CREATE UNIQUE INDEX [role_name_index] ON [asp_net_roles] ([normalized_name]) WHERE [normalized_name] IS NOT NULL;
GO

CREATE INDEX [ix_asp_net_user_claims_user_id] ON [asp_net_user_claims] ([user_id]);
GO

CREATE INDEX [ix_asp_net_user_logins_user_id] ON [asp_net_user_logins] ([user_id]);
GO

CREATE INDEX [ix_asp_net_user_roles_role_id] ON [asp_net_user_roles] ([role_id]);
GO

CREATE INDEX [email_index] ON [asp_net_users] ([normalized_email]);
GO

CREATE UNIQUE INDEX [user_name_index] ON [asp_net_users] ([normalized_user_name]) WHERE [normalized_user_name] IS NOT NULL;
GO

CREATE UNIQUE INDEX [ix_audit_entry_chain_sequence] ON [audit_entry] ([chain], [sequence]) WHERE sequence IS NOT NULL;
GO

CREATE INDEX [ix_audit_entry_transaction_key_id] ON [audit_entry] ([transaction_key], [id]);
GO

CREATE INDEX [ix_audit_entry_unsealed] ON [audit_entry] ([chain], [id]) WHERE sequence IS NULL;
GO

CREATE INDEX [ix_case_note_case_id_id] ON [case_note] ([case_id], [id]);
GO

CREATE UNIQUE INDEX [ix_command_attempt_command_id_number] ON [command_attempt] ([command_id], [number]);
GO

CREATE UNIQUE INDEX [ix_command_mode_kind_legal_entity_site] ON [command_mode] ([kind], [legal_entity], [site]) WHERE [legal_entity] IS NOT NULL AND [site] IS NOT NULL;
GO

CREATE UNIQUE INDEX [ix_connector_name] ON [connector] ([name]);
GO

CREATE UNIQUE INDEX [ix_document_reference_value_kind] ON [document_reference] ([value], [kind]);
GO

CREATE INDEX [ix_exception_case_case_key_id] ON [exception_case] ([case_key], [id]);
GO

CREATE INDEX [ix_exception_case_message_id] ON [exception_case] ([message_id]);
GO

CREATE UNIQUE INDEX [ix_exception_case_open_key] ON [exception_case] ([case_key]) WHERE state <> 3;
GO

CREATE INDEX [ix_exception_case_open_team] ON [exception_case] ([team], [due_at], [id]) WHERE state <> 3;
GO

CREATE INDEX [ix_exception_case_opened_at_id] ON [exception_case] ([opened_at], [id]);
GO

CREATE INDEX [ix_exception_case_transaction_id] ON [exception_case] ([transaction_id]);
GO

CREATE UNIQUE INDEX [ix_inbox_message_connector_dedupe_key] ON [inbox_message] ([connector], [dedupe_key]);
GO

CREATE INDEX [ix_inbox_message_due] ON [inbox_message] ([due_at], [id]) WHERE state = 0;
GO

CREATE INDEX [ix_inbox_message_parked] ON [inbox_message] ([parked_since], [id]) WHERE state = 2;
GO

CREATE INDEX [ix_inbox_message_retried] ON [inbox_message] ([received_at]) WHERE state = 0 AND attempts > 0;
GO

CREATE INDEX [ix_outbox_command_due] ON [outbox_command] ([connector], [priority], [due_at], [id]) WHERE state = 0;
GO

CREATE INDEX [ix_outbox_command_key] ON [outbox_command] ([key]);
GO

CREATE INDEX [ix_outbox_command_leased] ON [outbox_command] ([lease_until], [id]) WHERE state = 1;
GO

CREATE UNIQUE INDEX [ix_outbox_command_transaction_id_stem_number] ON [outbox_command] ([transaction_id], [stem], [number]);
GO

CREATE INDEX [ix_parking_message_id] ON [parking] ([message_id]);
GO

CREATE UNIQUE INDEX [ix_policy_name_version] ON [policy] ([name], [version]);
GO

CREATE INDEX [ix_reference_link_transaction_id] ON [reference_link] ([transaction_id]);
GO

CREATE INDEX [ix_transaction_correlation_id] ON [transaction] ([correlation_id]);
GO

CREATE UNIQUE INDEX [ix_transaction_key] ON [transaction] ([key]);
GO

CREATE INDEX [ix_transaction_next_look] ON [transaction] ([next_look_at], [id]) WHERE next_look_at IS NOT NULL;
GO

CREATE INDEX [ix_transaction_region_updated_at_id] ON [transaction] ([region], [updated_at], [id]);
GO

CREATE INDEX [ix_transaction_stage_updated_at_id] ON [transaction] ([stage], [updated_at], [id]);
GO

CREATE INDEX [ix_transaction_troubled] ON [transaction] ([health], [updated_at], [id]) WHERE health <> 0;
GO

CREATE INDEX [ix_transaction_updated_at_id] ON [transaction] ([updated_at], [id]);
GO

CREATE INDEX [ix_transaction_event_message_id] ON [transaction_event] ([message_id]);
GO

CREATE UNIQUE INDEX [ix_transaction_event_transaction_id_message_id] ON [transaction_event] ([transaction_id], [message_id]);
GO

CREATE INDEX [ix_transaction_hold_standing] ON [transaction_hold] ([kind], [since], [id]) WHERE closed_at IS NULL;
GO

CREATE INDEX [ix_transaction_hold_transaction_id_hold_key] ON [transaction_hold] ([transaction_id], [hold_key]);
GO

CREATE INDEX [ix_transaction_site_site_transaction_id] ON [transaction_site] ([site], [transaction_id]);
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261120232557_Initial', N'10.0.15');
GO

ALTER TABLE [inbox_message] ADD [note] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NULL;
GO

ALTER TABLE [exception_case] ADD [code] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL;
GO

ALTER TABLE [exception_case] ADD [code_scheme] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL;
GO

ALTER TABLE [exception_case] ADD [code_version] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NULL;
GO

DECLARE @var nvarchar(max);
SELECT @var = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[connector]') AND [c].[name] = N'outbound_secret');
IF @var IS NOT NULL EXEC(N'ALTER TABLE [connector] DROP CONSTRAINT ' + @var + ';');
ALTER TABLE [connector] ALTER COLUMN [outbound_secret] varbinary(256) NULL;
GO

DECLARE @var1 nvarchar(max);
SELECT @var1 = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[connector]') AND [c].[name] = N'inbound_secret');
IF @var1 IS NOT NULL EXEC(N'ALTER TABLE [connector] DROP CONSTRAINT ' + @var1 + ';');
ALTER TABLE [connector] ALTER COLUMN [inbound_secret] varbinary(256) NULL;
GO

DECLARE @var2 nvarchar(max);
SELECT @var2 = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[connector]') AND [c].[name] = N'cursor');
IF @var2 IS NOT NULL EXEC(N'ALTER TABLE [connector] DROP CONSTRAINT ' + @var2 + ';');
ALTER TABLE [connector] ALTER COLUMN [cursor] nvarchar(4000) COLLATE Latin1_General_100_BIN2_UTF8 NULL;
GO

ALTER TABLE [connector] ADD [credentials] varbinary(max) NULL;
GO

ALTER TABLE [connector] ADD [settings] nvarchar(max) NOT NULL DEFAULT N'{}';
GO

CREATE TABLE [code_map] (
    [id] bigint NOT NULL IDENTITY,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [scheme] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [version] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [code] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [meaning] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [changed_by] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [changed_at] datetimeoffset NOT NULL,
    CONSTRAINT [pk_code_map] PRIMARY KEY ([id])
);
GO

CREATE INDEX [ix_exception_case_unmapped] ON [exception_case] ([connector], [code_scheme], [code]) WHERE state <> 3 AND code IS NOT NULL;
GO

CREATE UNIQUE INDEX [ix_code_map_kind_connector_scheme_version_code] ON [code_map] ([kind], [connector], [scheme], [version], [code]);
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121023922_ConnectorKinds', N'10.0.15');
GO

DROP INDEX [ix_transaction_stage_updated_at_id] ON [transaction];
GO

DROP INDEX [ix_exception_case_open_team] ON [exception_case];
GO

ALTER TABLE [transaction] ADD [commands_archived_at] datetimeoffset NULL;
GO

CREATE TABLE [inbox_archive] (
    [id] bigint NOT NULL,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [source] nvarchar(512) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [event_id] nvarchar(256) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [type] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [subject] nvarchar(512) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [state] smallint NOT NULL,
    [received_at] datetimeoffset NOT NULL,
    [accepted_at] datetimeoffset NOT NULL,
    [processed_at] datetimeoffset NULL,
    [archived_at] datetimeoffset NOT NULL,
    [payload] varbinary(max) NOT NULL,
    CONSTRAINT [pk_inbox_archive] PRIMARY KEY ([id])
);
GO

CREATE TABLE [job_lease] (
    [name] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [owner] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [until] datetimeoffset NOT NULL,
    CONSTRAINT [pk_job_lease] PRIMARY KEY ([name])
);
GO

CREATE TABLE [outbox_archive] (
    [id] bigint NOT NULL,
    [transaction_id] bigint NOT NULL,
    [kind] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [stem] nvarchar(320) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [number] int NOT NULL,
    [key] nvarchar(320) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [site] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [content_hash] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [amount] decimal(19,4) NULL,
    [currency] nvarchar(3) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [state] smallint NOT NULL,
    [attempts] int NOT NULL,
    [created_at] datetimeoffset NOT NULL,
    [due_at] datetimeoffset NOT NULL,
    [settled_at] datetimeoffset NULL,
    [external_id] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [error_code] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [error_detail] nvarchar(1000) COLLATE Latin1_General_100_BIN2_UTF8 NULL,
    [body] varbinary(max) NULL,
    [attempt_list] varbinary(max) NOT NULL,
    CONSTRAINT [pk_outbox_archive] PRIMARY KEY ([id])
);
GO

CREATE TABLE [seen_event] (
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [dedupe_key] varbinary(32) NOT NULL,
    [content_hash] varbinary(32) NOT NULL,
    [message_id] bigint NOT NULL,
    CONSTRAINT [pk_seen_event] PRIMARY KEY ([connector], [dedupe_key])
);
GO

CREATE TABLE [transaction_count] (
    [id] bigint NOT NULL IDENTITY,
    [hour] datetimeoffset NULL,
    [sites] nvarchar(2000) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [legal_entity] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [currency] nvarchar(3) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [stage] smallint NOT NULL,
    [health] smallint NOT NULL,
    [count] int NOT NULL,
    [amount] decimal(19,4) NOT NULL,
    [invoiced] decimal(19,4) NOT NULL,
    [posted] decimal(19,4) NOT NULL,
    [held] decimal(19,4) NOT NULL,
    CONSTRAINT [pk_transaction_count] PRIMARY KEY ([id])
);
GO

CREATE INDEX [ix_transaction_delivered] ON [transaction] ([delivered_at], [id]) WHERE delivered_at IS NOT NULL;
GO

CREATE INDEX [ix_transaction_ended] ON [transaction] ([updated_at], [id]) WHERE stage >= 7 AND health = 0 AND commands_archived_at IS NULL;
GO

CREATE INDEX [ix_transaction_open] ON [transaction] ([updated_at], [id]) WHERE stage < 7;
GO

CREATE INDEX [ix_transaction_shipped] ON [transaction] ([shipped_at], [id]) WHERE shipped_at IS NOT NULL;
GO

CREATE INDEX [ix_transaction_stage] ON [transaction] ([stage], [updated_at], [id]) WHERE stage <> 7;
GO

CREATE INDEX [ix_exception_case_assignee_opened_at_id] ON [exception_case] ([assignee], [opened_at], [id]);
GO

CREATE INDEX [ix_exception_case_command_id] ON [exception_case] ([command_id]);
GO

CREATE INDEX [ix_exception_case_connector_opened_at_id] ON [exception_case] ([connector], [opened_at], [id]);
GO

CREATE INDEX [ix_exception_case_open_due] ON [exception_case] ([due_at], [id]) INCLUDE ([state], [reason_code], [connector], [assignee], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk], [opened_at], [team]) WHERE state <> 3;
GO

CREATE INDEX [ix_exception_case_open_team] ON [exception_case] ([team], [due_at], [id]) INCLUDE ([state], [reason_code], [connector], [assignee], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk], [opened_at]) WHERE state <> 3;
GO

CREATE INDEX [ix_exception_case_reason_code_opened_at_id] ON [exception_case] ([reason_code], [opened_at], [id]);
GO

CREATE INDEX [ix_exception_case_site_opened_at_id] ON [exception_case] ([site], [opened_at], [id]);
GO

CREATE INDEX [ix_audit_entry_act_id] ON [audit_entry] ([act], [id]);
GO

CREATE INDEX [ix_audit_entry_objects_apart] ON [audit_entry] ([object_key], [id]) WHERE transaction_key IS NULL;
GO

CREATE INDEX [ix_audit_entry_people] ON [audit_entry] ([actor], [id]) WHERE actor_kind <> 'tower';
GO

CREATE INDEX [ix_audit_entry_peoples_objects] ON [audit_entry] ([object_key], [id]) WHERE actor_kind <> 'tower';
GO

CREATE INDEX [ix_inbox_archive_archived_at] ON [inbox_archive] ([archived_at]);
GO

CREATE INDEX [ix_inbox_archive_type_accepted_at] ON [inbox_archive] ([type], [accepted_at]);
GO

CREATE INDEX [ix_outbox_archive_key] ON [outbox_archive] ([key]);
GO

CREATE UNIQUE INDEX [ix_outbox_archive_transaction_id_stem_number] ON [outbox_archive] ([transaction_id], [stem], [number]);
GO

CREATE INDEX [ix_outbox_archive_with_body] ON [outbox_archive] ([kind], [created_at]) WHERE body IS NOT NULL;
GO

CREATE INDEX [ix_transaction_count_hour_id] ON [transaction_count] ([hour], [id]);
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121024841_FastListsAndHousekeeping', N'10.0.15');
GO

DROP INDEX [ix_outbox_command_due] ON [outbox_command];
GO

ALTER TABLE [outbox_command] ADD [lookups] int NOT NULL DEFAULT 0;
GO

ALTER TABLE [outbox_command] ADD [rank_at] datetimeoffset NOT NULL DEFAULT '0001-01-01T00:00:00.0000000+00:00';
GO

CREATE TABLE [connector_flow] (
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [node] nvarchar(200) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [seen_at] datetimeoffset NOT NULL,
    [breaker] smallint NOT NULL,
    [breaker_since] datetimeoffset NULL,
    [rate_allowed] float NULL,
    [rate_used] float NOT NULL,
    [running] int NOT NULL,
    [concurrency] int NULL,
    [wait_until] datetimeoffset NULL,
    [why] smallint NOT NULL,
    CONSTRAINT [pk_connector_flow] PRIMARY KEY ([connector], [node])
);
GO

CREATE INDEX [ix_outbox_command_doubt] ON [outbox_command] ([state], [due_at], [id]) WHERE state IN (6, 8);
GO

CREATE INDEX [ix_outbox_command_due] ON [outbox_command] ([connector], [rank_at], [id], [due_at]) WHERE state = 0;
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121030142_Pace', N'10.0.15');
GO

CREATE TABLE [publication] (
    [id] bigint NOT NULL IDENTITY,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [event_id] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [address] nvarchar(255) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [body] varbinary(max) NOT NULL,
    [state] smallint NOT NULL,
    [retried] bit NOT NULL,
    [created_at] datetimeoffset NOT NULL,
    CONSTRAINT [pk_publication] PRIMARY KEY ([id])
);
GO

CREATE INDEX [ix_publication_connector_state_id] ON [publication] ([connector], [state], [id]);
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121061524_Publishing', N'10.0.15');
GO

CREATE TABLE [case_site] (
    [case_id] bigint NOT NULL,
    [site] nvarchar(120) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    CONSTRAINT [pk_case_site] PRIMARY KEY ([case_id], [site]),
    CONSTRAINT [fk_case_site_exception_case_case_id] FOREIGN KEY ([case_id]) REFERENCES [exception_case] ([id]) ON DELETE CASCADE
);
GO

CREATE INDEX [ix_case_site_site_case_id] ON [case_site] ([site], [case_id]);
GO

INSERT INTO case_site (case_id, site)
SELECT found.case_id, found.site FROM (
    SELECT c.id AS case_id, c.site FROM exception_case c WHERE c.site IS NOT NULL
    UNION ALL
    SELECT c.id, s.site FROM exception_case c JOIN transaction_site s ON s.transaction_id = c.transaction_id WHERE c.site IS NULL) found
WHERE NOT EXISTS (SELECT 1 FROM case_site k WHERE k.case_id = found.case_id AND k.site = found.site);
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121091330_CaseSites', N'10.0.15');
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121153450_StatisticsSeldom', N'10.0.15');
GO

CREATE INDEX [ix_transaction_late] ON [transaction] ([updated_at], [id]) WHERE late = 1;
GO

CREATE INDEX [ix_transaction_late_stage] ON [transaction] ([stage], [updated_at], [id]) WHERE late = 1;
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121194551_LateTransactions', N'10.0.15');
GO

CREATE TABLE [inbox_arrival] (
    [message_id] bigint NOT NULL,
    [connector] nvarchar(64) COLLATE Latin1_General_100_BIN2_UTF8 NOT NULL,
    [received_at] datetimeoffset NOT NULL,
    [accepted_at] datetimeoffset NOT NULL,
    CONSTRAINT [pk_inbox_arrival] PRIMARY KEY ([message_id])
);
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121215521_Arrivals', N'10.0.15');
GO

CREATE INDEX [ix_exception_case_open_dearest] ON [exception_case] ([amount_at_risk] DESC, [id]) INCLUDE ([state], [team], [legal_entity]) WHERE state <> 3 AND amount_at_risk IS NOT NULL;
GO

CREATE INDEX [ix_exception_case_open_message] ON [exception_case] ([message_id], [id]) INCLUDE ([state], [reason_code], [connector], [assignee], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk], [opened_at], [team], [due_at]) WHERE state <> 3 AND message_id IS NOT NULL;
GO

CREATE INDEX [ix_exception_case_open_siteless] ON [exception_case] ([id]) INCLUDE ([state], [reason_code], [connector], [assignee], [site], [legal_entity], [transaction_id], [currency], [amount_at_risk], [opened_at], [team], [due_at]) WHERE state <> 3 AND site IS NULL AND transaction_id IS NOT NULL;
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261121225834_OpenCases', N'10.0.15');
GO

DROP INDEX [ix_approval_request_pending] ON [approval_request];
GO

CREATE UNIQUE INDEX [ix_approval_request_pending] ON [approval_request] ([transaction_id], [slice], [content_hash]) INCLUDE ([state], [legal_entity], [currency], [amount]) WHERE state = 0;
GO

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261122021442_PendingApprovals', N'10.0.15');
GO
