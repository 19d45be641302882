-- What the schema @schema consists of: a row for each thing, its first column what it is, every other one something
-- that distinguishes it. Names that the server makes up (those of defaults) and the schema's own are left out: two
-- schemas with the same content give the same rows.
DECLARE @tables TABLE (id int PRIMARY KEY, name sysname);
INSERT INTO @tables SELECT object_id, name FROM sys.tables
WHERE schema_id = SCHEMA_ID(@schema) AND is_ms_shipped = 0 AND name <> N'__EFMigrationsHistory';

SELECT CONCAT(N'table ', o.name), t.lock_escalation_desc AS lock_escalation, t.durability_desc AS durability,
    t.temporal_type_desc AS temporal
FROM @tables o JOIN sys.tables t ON t.object_id = o.id;

SELECT CONCAT(N'column ', o.name, N'.', c.name),
    ROW_NUMBER() OVER (PARTITION BY o.id ORDER BY c.column_id) AS position,
    TYPE_NAME(c.user_type_id) AS type, c.max_length AS length, c.precision, c.scale, c.collation_name AS collation,
    CASE WHEN c.is_nullable = 1 THEN N'null' ELSE N'not null' END AS takes,
    CAST(n.seed_value AS bigint) AS seed, CAST(n.increment_value AS bigint) AS increment,
    d.definition AS [default], f.definition AS computed, NULLIF(c.is_sparse, 0) AS sparse
FROM @tables o
JOIN sys.columns c ON c.object_id = o.id
LEFT JOIN sys.identity_columns n ON n.object_id = c.object_id AND n.column_id = c.column_id
LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id
LEFT JOIN sys.computed_columns f ON f.object_id = c.object_id AND f.column_id = c.column_id;

SELECT CONCAT(N'index ', o.name, N'.', i.name), i.type_desc AS type,
    NULLIF(i.is_primary_key, 0) AS primary_key, NULLIF(i.is_unique_constraint, 0) AS unique_constraint, NULLIF(i.is_unique, 0) AS [unique],
    (SELECT STRING_AGG(CONCAT(c.name, CASE WHEN k.is_descending_key = 1 THEN N' DESC' END), N', ') WITHIN GROUP (ORDER BY k.key_ordinal)
        FROM sys.index_columns k JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id
        WHERE k.object_id = i.object_id AND k.index_id = i.index_id AND k.is_included_column = 0) AS [on],
    (SELECT STRING_AGG(c.name, N', ') WITHIN GROUP (ORDER BY k.index_column_id)
        FROM sys.index_columns k JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id
        WHERE k.object_id = i.object_id AND k.index_id = i.index_id AND k.is_included_column = 1) AS includes,
    i.filter_definition AS filter, NULLIF(i.fill_factor, 0) AS fill_factor, NULLIF(i.is_padded, 0) AS padded,
    NULLIF(i.ignore_dup_key, 0) AS ignores_duplicates, NULLIF(i.is_disabled, 0) AS disabled,
    i.allow_row_locks AS row_locks, i.allow_page_locks AS page_locks,
    (SELECT MIN(p.data_compression_desc) FROM sys.partitions p WHERE p.object_id = i.object_id AND p.index_id = i.index_id) AS compression
FROM @tables o JOIN sys.indexes i ON i.object_id = o.id;

SELECT CONCAT(N'foreign-key ', o.name, N'.', f.name),
    (SELECT STRING_AGG(CONCAT(COL_NAME(c.parent_object_id, c.parent_column_id), N' to ', OBJECT_NAME(c.referenced_object_id), N'.',
            COL_NAME(c.referenced_object_id, c.referenced_column_id)), N', ') WITHIN GROUP (ORDER BY c.constraint_column_id)
        FROM sys.foreign_key_columns c WHERE c.constraint_object_id = f.object_id) AS [from],
    f.delete_referential_action_desc AS on_delete, f.update_referential_action_desc AS on_update,
    NULLIF(f.is_disabled, 0) AS disabled, NULLIF(f.is_not_trusted, 0) AS not_trusted
FROM @tables o JOIN sys.foreign_keys f ON f.parent_object_id = o.id;

SELECT CONCAT(N'check ', o.name, N'.', c.name), c.definition, NULLIF(c.is_disabled, 0) AS disabled,
    NULLIF(c.is_not_trusted, 0) AS not_trusted
FROM @tables o JOIN sys.check_constraints c ON c.parent_object_id = o.id;

SELECT CONCAT(N'trigger ', o.name, N'.', r.name), NULLIF(r.is_disabled, 0) AS disabled,
    REPLACE(REPLACE(m.definition, QUOTENAME(@schema) + N'.', N''), NCHAR(13), N'') AS definition
FROM @tables o JOIN sys.triggers r ON r.parent_id = o.id JOIN sys.sql_modules m ON m.object_id = r.object_id;

SELECT CONCAT(N'object ', o.name), o.type_desc AS type, REPLACE(m.definition, NCHAR(13), N'') AS definition
FROM sys.objects o LEFT JOIN sys.sql_modules m ON m.object_id = o.object_id
WHERE o.schema_id = SCHEMA_ID(@schema) AND o.is_ms_shipped = 0 AND o.parent_object_id = 0 AND o.type <> 'U';
