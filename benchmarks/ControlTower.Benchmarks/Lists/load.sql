-- What the list benchmark loads, in chunks of transactions :from to :to out of :total. A line "-- step NAME" begins a step; each chunk of a step is one
-- transaction with its note of progress, so an interrupted load goes on where it was. All values follow from the number of the transaction: every load is
-- the same.

-- step functions once
CREATE SCHEMA IF NOT EXISTS lists;

-- 0 up to 1, evenly, the same for the same number and salt.
CREATE OR REPLACE FUNCTION lists.r(i bigint, salt int) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT (hashint8extended(i, salt) & 2147483647) / 2147483648.0 $$;

-- When it was ordered: evenly over the 83 days before the anchor.
CREATE OR REPLACE FUNCTION lists.ordered(i bigint, total bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT timestamptz '2026-11-20 12:00:00+00' - make_interval(secs => (total - i) * (83 * 86400.0 / total)) $$;

-- How far it has come, of a life of some four and a half days.
CREATE OR REPLACE FUNCTION lists.stage(i bigint, total bigint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN lists.r(i, 1) < 0.02 THEN 8
    ELSE LEAST(7, floor(8 * ((total - i) * (83.0 / total)) / (3 + 3 * lists.r(i, 2)))) END::smallint $$;

CREATE OR REPLACE FUNCTION lists.health(i bigint, total bigint) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN lists.stage(i, total) >= 7 THEN CASE WHEN lists.r(i, 3) < 0.001 THEN 1 ELSE 0 END
    WHEN lists.r(i, 3) < 0.12 THEN 1 WHEN lists.r(i, 3) < 0.17 THEN 2 WHEN lists.r(i, 3) < 0.20 THEN 3 ELSE 0 END::smallint $$;

-- Site 1 has two fifths, site 60 a third of a hundredth of the orders; 'RARE' has one in two thousand.
CREATE OR REPLACE FUNCTION lists.site(i bigint, salt int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT CASE WHEN i % 2000 = 7 THEN 'RARE' ELSE 'S' || to_char(1 + floor(60 * power(lists.r(i, salt), 4)), 'FM00') END $$;

-- The number by which a customer's orders are found, as the tower derives it.
CREATE OR REPLACE FUNCTION lists.customer(number text, name text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ('x' || encode(substring(sha256(convert_to('erp' || E'\n' || number || E'\n' || name, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint $$;

-- step sites once
INSERT INTO site (code, name, time_zone, region, area)
SELECT code, 'Site ' || code, 'UTC', 'Region ' || row_number() OVER (ORDER BY code) % 8, CASE WHEN row_number() OVER (ORDER BY code) % 2 = 0 THEN 'east' ELSE 'west' END
FROM (SELECT 'S' || to_char(n, 'FM00') AS code FROM generate_series(1, 60) AS n UNION ALL SELECT 'RARE') AS codes ON CONFLICT DO NOTHING;

-- step transactions
INSERT INTO "transaction" (id, key, erp_system, order_number, state, state_format, version, policy_version, stage, health, legal_entity, region, customer_id,
    customer_name, segment, carrier, currency, amount, invoiced, posted, held, late, ordered_at, requested_delivery, shipped_at, delivered_at, updated_at,
    created_at, commands_archived_at, correlation_id)
SELECT i, 'erp:SO-' || to_char(i, 'FM00000000'), 'erp', 'SO-' || to_char(i, 'FM00000000'),
    '{"v":1,"s":[' || (SELECT string_agg(
        '{"k":"milestone.of.the.order","j":"SO-' || i || '","c":"wms","r":"wms","t":"2026-11-20T08:00:00Z","h":"' || md5((i * 16 + n)::text)
        || '","f":{"references":[{"kind":"order","value":"SO-' || i || '"},{"kind":"shipment","value":"SH-' || i || '"}],"site":"' || lists.site(i, 4)
        || '","lines":[{"line":"10","item":"' || md5((i * 16 + n + 8)::text) || '","quantity":' || 1 + n || ',"unit":"EA","amount":' || 100 + n || '.50}]}}', ',')
        FROM generate_series(0, 11) AS n) || ']}',
    1, 13, 1, lists.stage(i, :total), lists.health(i, :total), (1000 * (1 + floor(6 * power(lists.r(i, 5), 2))))::int::text,
    CASE WHEN i < :total / 10 AND lists.r(i, 6) < 0.05 THEN 'Closed region' ELSE 'Region ' || floor(8 * power(lists.r(i, 6), 3))::int END,
    'C-' || floor(50000 * lists.r(i, 7))::int, 'Customer ' || floor(50000 * lists.r(i, 7))::int, CASE WHEN lists.r(i, 8) < 0.3 THEN 'consumer' ELSE 'corporate' END,
    'carrier' || floor(5 * lists.r(i, 9))::int, CASE WHEN lists.r(i, 10) < 0.8 THEN 'USD' ELSE 'EUR' END, amount,
    CASE WHEN stage IN (6, 7) THEN amount ELSE 0 END, CASE WHEN stage = 7 THEN amount ELSE 0 END, CASE WHEN health = 2 THEN amount ELSE 0 END,
    stage BETWEEN 5 AND 7 AND lists.r(i, 11) < 0.1, ordered, ordered + interval '5 days',
    CASE WHEN stage BETWEEN 4 AND 7 THEN ordered + interval '1 day' * (1 + lists.r(i, 12)) END,
    CASE WHEN stage BETWEEN 5 AND 7 THEN ordered + interval '1 day' * (2.5 + lists.r(i, 12)) END,
    LEAST(timestamptz '2026-11-20 12:00:00+00', ordered + interval '1 day' * (0.1 + 0.55 * LEAST(stage, 7) * (0.8 + 0.4 * lists.r(i, 13)))), ordered,
    CASE WHEN stage >= 7 THEN ordered + interval '5 days' END,
    md5('correlation' || i)
FROM (SELECT i, lists.ordered(i, :total) AS ordered, lists.stage(i, :total) AS stage, lists.health(i, :total) AS health,
        round((20 + 2000 * power(lists.r(i, 14), 3))::numeric, 2) AS amount FROM generate_series(:from::bigint, :to::bigint) AS i) AS made;

-- step transaction_sites
INSERT INTO transaction_site (transaction_id, site)
SELECT i, lists.site(i, 4) FROM generate_series(:from::bigint, :to::bigint) AS i
UNION
SELECT i, lists.site(i, 15) FROM generate_series(:from::bigint, :to::bigint) AS i WHERE lists.r(i, 16) < 0.15;

-- step references
INSERT INTO document_reference (id, kind, value, digits)
SELECT (i - 1) * 8 + n, kind, prefix || to_char(i, 'FM00000000'), to_char(i, 'FM999999000')
FROM (VALUES (1, 'order', 'SO-'), (2, 'purchaseOrder', 'PO-'), (3, 'fulfilment', 'F-'), (4, 'shipment', 'SH-'), (5, 'tracking', '1Z'), (6, 'delivery', 'D-'),
        (7, 'invoice', 'INV-'), (8, 'journalEntry', 'JE-')) AS kinds (n, kind, prefix), generate_series(:from::bigint, :to::bigint) AS i
ORDER BY kind, i;
INSERT INTO reference_link (reference_id, system, transaction_id)
SELECT (i - 1) * 8 + n, CASE WHEN n IN (1, 2, 8) THEN 'erp' WHEN n = 7 THEN 'billing' WHEN n = 5 THEN 'carrier' ELSE 'wms' END, i
FROM generate_series(:from::bigint, :to::bigint) AS i, generate_series(1, 8) AS n;

-- step customer_links
INSERT INTO customer_link (customer, transaction_id)
SELECT lists.customer(customer_id, customer_name), id FROM "transaction" WHERE id BETWEEN :from AND :to;

-- step customer_words once
INSERT INTO customer_word (text, customer)
SELECT text, customer FROM (
    SELECT DISTINCT lists.customer(customer_id, customer_name) AS customer, upper(customer_id) AS number, upper(customer_name) AS name FROM "transaction") AS made,
    unnest(ARRAY[number, name, split_part(name, ' ', 2)]) AS text;

-- step cases
-- One open case of every troubled transaction, one resolved of every seventh of the others; and events that nobody could place.
INSERT INTO exception_case (case_key, origin, transaction_id, message_id, connector, reason_code, team, state, assignee, site, legal_entity, message, amount_at_risk,
    currency, revision, opened_at, due_at, resolved_at, resolved_by, resolution, replays, updated_at, version)
SELECT 'erp:SO-' || to_char(i, 'FM00000000') || '|' || n, CASE WHEN n = 2 THEN 1 ELSE 0 END, CASE WHEN n = 2 THEN NULL ELSE i END, CASE WHEN n = 2 THEN i * 12 END,
    CASE WHEN kind < 10 THEN (ARRAY['wms', 'billing', 'erp', 'tms', 'carrier'])[1 + kind % 5] END,
    (ARRAY['PICK_SHORT', 'POD_MISSING', 'LOT_SERIAL_INVALID', 'ADDRESS_INVALID', 'PRICE_MISMATCH', 'CARRIER_SILENT', 'GOODS_ISSUE_LATE', 'INVOICE_REJECTED',
        'CREDIT_HOLD', 'TENDER_DECLINED', 'CODE_UNMAPPED', 'QUANTITY_DIFFERS', 'DELIVERY_LATE', 'POSTING_REJECTED', 'REFERENCE_UNKNOWN'])[1 + kind],
    (ARRAY['warehouse', 'finance', 'logistics', 'integration', 'inventory', 'billing', 'customer-service'])[1 + kind % 7],
    CASE WHEN ended THEN 3 WHEN lists.r(i, 21) < 0.6 THEN 0 WHEN lists.r(i, 21) < 0.9 THEN 1 ELSE 2 END,
    CASE WHEN ended OR lists.r(i, 21) >= 0.6 THEN 'person.' || floor(40 * lists.r(i, 22))::int END,
    CASE WHEN kind < 7 AND n <> 2 THEN lists.site(i, 4) END, CASE WHEN n <> 2 THEN (1000 * (1 + floor(6 * power(lists.r(i, 5), 2))))::int::text END,
    'The system refused what was asked for order SO-' || i || ': ' || (ARRAY['lot is unknown', 'address was not found', 'price differs', 'nobody answered'])[1 + kind % 4] || '.',
    CASE WHEN lists.r(i, 24) < 0.7 THEN round((20 + 2000 * power(lists.r(i, 14), 3))::numeric, 2) END, CASE WHEN lists.r(i, 10) < 0.8 THEN 'USD' ELSE 'EUR' END, 1,
    opened, opened + interval '1 hour' * (2 + 46 * lists.r(i, 25)), CASE WHEN ended THEN opened + interval '5 hours' END, CASE WHEN ended THEN 'tower' END,
    CASE WHEN ended THEN 'What was missing has come.' END, 0, opened, 1
FROM (
    SELECT i, n, floor(15 * power(lists.r(i, 23), 2))::int AS kind, n = 1 AS ended, lists.ordered(i, :total) + interval '1 day' * lists.r(i, 26) AS opened
    FROM generate_series(:from::bigint, :to::bigint) AS i, generate_series(0, 2) AS n
    WHERE CASE n WHEN 0 THEN lists.health(i, :total) <> 0 WHEN 1 THEN lists.r(i, 20) < 0.14 ELSE i % 500 = 3 END) AS made;

-- step case_sites once
INSERT INTO case_site (case_id, site)
SELECT id, site FROM exception_case WHERE site IS NOT NULL
UNION ALL
SELECT c.id, s.site FROM exception_case c JOIN transaction_site s ON s.transaction_id = c.transaction_id WHERE c.site IS NULL;

-- step approvals
INSERT INTO approval_request (kind, transaction_id, document, slice, content_hash, amount, currency, policy_version, site, legal_entity, reason, evidence, state,
    requested_by, requested_by_id, requested_at, expires_at, decided_by, decided_at, version)
SELECT 'release', i, 'SO-' || to_char(i, 'FM00000000'), 'SH-' || i, md5('content' || i) || md5('hash' || i), 100, 'USD', 1, lists.site(i, 4),
    (1000 * (1 + floor(6 * power(lists.r(i, 5), 2))))::int::text, 'The customer confirmed by telephone.', '[]',
    CASE WHEN held THEN 0 WHEN lists.r(i, 30) < 0.8 THEN 1 ELSE 2 END, 'person.' || floor(40 * lists.r(i, 22))::int, 1, asked, asked + interval '2 days',
    CASE WHEN NOT held THEN 'finance1' END, CASE WHEN NOT held THEN asked + interval '3 hours' END, 1
FROM (SELECT i, lists.health(i, :total) = 2 AS held, lists.ordered(i, :total) + interval '2 days' AS asked FROM generate_series(:from::bigint, :to::bigint) AS i) AS made
WHERE held OR lists.r(i, 31) < 0.02;

-- step audit
-- Sealed long ago, as a tower that came to this size has done; nobody verifies these chains.
INSERT INTO audit_entry (chain, sequence, previous_hash, hash, at, actor, actor_kind, act, object_type, object_key, transaction_key, reason)
SELECT i % 16, -(i * 7 + n), '\x00', '\x00', lists.ordered(i, :total) + interval '1 hour' * n, actor, kind, act, type, CASE type WHEN 'command' THEN
        (ARRAY['release-fulfilment', 'tender-shipment', 'post-goods-issue', 'create-invoice', 'post-invoice', 'update-order-status'])[1 + n % 6] || ':SO-' || to_char(i, 'FM00000000') || ':' || n || '/1'
        ELSE i::text END,
    'erp:SO-' || to_char(i, 'FM00000000'), CASE WHEN type = 'case' THEN 'Looked into it.' END
FROM (
    SELECT i, n, CASE WHEN n < 6 THEN 'tower' ELSE 'person.' || floor(40 * lists.r(i, 22))::int END AS actor, CASE WHEN n < 6 THEN 'tower' ELSE 'person' END AS kind,
        CASE WHEN n < 6 THEN 'command.wanted' ELSE (ARRAY['case.assigned', 'case.noted', 'case.replayed', 'approval.approved', 'command.replayed'])[1 + floor(5 * lists.r(i, 41))::int] END AS act,
        CASE WHEN n < 6 THEN 'command' ELSE 'case' END AS type
    FROM generate_series(:from::bigint, :to::bigint) AS i, generate_series(0, 6) AS n WHERE n < 6 OR lists.r(i, 40) < 0.03) AS made
ORDER BY i, n;

-- step events with-events
INSERT INTO transaction_event (transaction_id, message_id, connector, milestone, subject, sequence, time, recorded_at, fact, witness, retracted)
SELECT i, (i - 1) * 12 + n, (ARRAY['erp', 'wms', 'tms', 'carrier', 'billing'])[1 + n % 5],
    (ARRAY['order.accepted', 'fulfilment.picked', 'shipment.ready', 'shipment.departed', 'delivery.delivered', 'invoice.created'])[1 + n % 6], 'SH-' || i, n,
    lists.ordered(i, :total) + interval '1 hour' * n, lists.ordered(i, :total) + interval '1 hour' * n,
    '{"id":"' || md5((i * 12 + n)::text) || '","source":"urn:benchmark","milestone":"shipment.departed","connector":"wms","subject":"SH-' || i
        || '","references":[{"kind":"order","value":"SO-' || i || '"},{"kind":"shipment","value":"SH-' || i || '"},{"kind":"tracking","value":"1Z' || i
        || '"}],"data":{"site":"S01","lines":[{"line":"10","item":"A-1","quantity":5,"unit":"EA"}]},"hash":"' || md5((i * 12 + n + 5)::text) || '"}', false, false
FROM generate_series(:from::bigint, :to::bigint) AS i, generate_series(1, 12) AS n;

-- step connector-hours once
-- Two days of six connectors. The hours that are folded have one row, the present one as many as commits leave between two folds.
INSERT INTO connector_hour (connector, hour, received, attempts, failed, within5, within10, within25, within50, within100, within250, within500, within1000,
    within2500, within5000, within10000, answered)
SELECT connector, date_trunc('hour', now(), 'UTC') - make_interval(hours => h), 1000, 400, 4, 50, 120, 200, 280, 340, 370, 385, 390, 393, 395, 396, 396
FROM unnest(ARRAY['erp', 'wms', 'tms', 'carrier', 'billing', 'edi']) AS connector, generate_series(0, 47) AS h, generate_series(1, CASE WHEN h = 0 THEN 5000 ELSE 1 END);

-- step numbers once
SELECT setval(pg_get_serial_sequence('"transaction"', 'id'), (SELECT max(id) FROM "transaction"));
SELECT setval(pg_get_serial_sequence('document_reference', 'id'), (SELECT max(id) FROM document_reference));
