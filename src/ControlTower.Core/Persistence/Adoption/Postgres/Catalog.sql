-- What the current schema consists of: a row for each thing, its first column what it is, every other one something
-- that distinguishes it. Names are resolved by the search path: two schemas with the same content give the same rows.
-- Extensions and what belongs to them are the administrator's.
SELECT 'table ' || c.relname, c.relkind AS kind, c.relpersistence AS persistence, c.relreplident AS replica_identity,
    NULLIF(c.relrowsecurity, false) AS row_security,
    (SELECT amname FROM pg_am a WHERE a.oid = c.relam) AS access_method,
    (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(c.reloptions) o) AS options,
    (SELECT string_agg(o, ', ' ORDER BY o) FROM pg_class t, unnest(t.reloptions) o WHERE t.oid = c.reltoastrelid) AS toast_options,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid, true) END AS definition
FROM pg_class c
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relname <> '__EFMigrationsHistory'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');

SELECT 'column ' || c.relname || '.' || a.attname,
    row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum) AS position,
    format_type(a.atttypid, a.atttypmod) AS type,
    (SELECT l.collname FROM pg_collation l WHERE l.oid = a.attcollation) AS collation,
    CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END AS takes,
    NULLIF(a.attidentity, '') AS identity, NULLIF(a.attgenerated, '') AS generated, pg_get_expr(d.adbin, d.adrelid) AS default,
    a.attstorage AS storage, NULLIF(a.attcompression, '') AS compression, NULLIF(a.attstattarget, -1) AS statistics,
    array_to_string(a.attoptions, ', ') AS options
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'f') AND c.relname <> '__EFMigrationsHistory'
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e');

SELECT 'sequence ' || c.relname, format_type(s.seqtypid, NULL) AS type, s.seqstart AS start, s.seqincrement AS increment,
    s.seqmin AS minimum, s.seqmax AS maximum, s.seqcache AS cache, s.seqcycle AS cycles
FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');

SELECT 'index ' || c.relname, pg_get_indexdef(c.oid, 0, true) AS definition, i.indisvalid AS valid, i.indisclustered AS clustered,
    i.indisreplident AS replica_identity
FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace AND i.indrelid IS DISTINCT FROM to_regclass('"__EFMigrationsHistory"')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indrelid AND d.deptype = 'e');

SELECT 'constraint ' || c.relname || '.' || o.conname, pg_get_constraintdef(o.oid, true) AS definition, o.convalidated AS validated
FROM pg_class c JOIN pg_constraint o ON o.conrelid = c.oid AND o.contype IN ('p', 'u', 'f', 'c', 'x')
WHERE c.relnamespace = current_schema()::regnamespace AND c.relname <> '__EFMigrationsHistory'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e');

SELECT 'trigger ' || c.relname || '.' || t.tgname, pg_get_triggerdef(t.oid, true) AS definition, t.tgenabled AS enabled
FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal
WHERE c.relnamespace = current_schema()::regnamespace;

SELECT 'rule ' || c.relname || '.' || r.rulename, pg_get_ruledef(r.oid, true) AS definition
FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'
WHERE c.relnamespace = current_schema()::regnamespace;

SELECT 'policy ' || c.relname || '.' || p.polname, p.polcmd AS command, pg_get_expr(p.polqual, c.oid) AS reads,
    pg_get_expr(p.polwithcheck, c.oid) AS writes
FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace;

SELECT 'statistics ' || s.stxname, c.relname AS table, array_to_string(s.stxkind, ', ') AS kinds, s.stxkeys::text AS columns,
    pg_get_expr(s.stxexprs, c.oid) AS expressions
FROM pg_class c JOIN pg_statistic_ext s ON s.stxrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace;

SELECT 'function ' || p.proname, pg_get_function_arguments(p.oid) AS arguments, pg_get_function_result(p.oid) AS returns,
    l.lanname AS language, p.provolatile AS volatility, p.prosecdef AS security_definer,
    array_to_string(p.proconfig, ', ') AS settings, p.prosrc AS body
FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e');

SELECT 'type ' || t.typname, t.typtype AS kind, format_type(t.typbasetype, t.typtypmod) AS base,
    (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels
FROM pg_type t
WHERE t.typnamespace = current_schema()::regnamespace AND t.typtype IN ('e', 'd', 'r')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e');
