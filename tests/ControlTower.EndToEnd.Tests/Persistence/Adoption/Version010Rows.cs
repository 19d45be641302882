using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Persistence.Adoption;

/// <summary>Rows as version 0.1.0 wrote them, for either database.</summary>
internal static class Version010Rows
{
    /// <summary>One that is shipped and in trouble, and one that is posted.</summary>
    public static string Orders => TestedDatabase.WithNumbers("\"transaction\"", """
        INSERT INTO "transaction" (id, "key", order_number, stage, health, invoiced, posted, held, correlation_id, erp_system, state, state_format,
            version, policy_version, legal_entity, customer_id, currency, amount, late, ordered_at, updated_at, created_at) VALUES
            (1, 'erp:1', '1', 4, 1, 0, 0, 1, 'a', 'erp', '{}', 1, 1,
                1, '1000', 'C', 'USD', 1, '0', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP),
            (2, 'erp:2', '2', 7, 0, 1, 1, 0, 'b', 'erp', '{}', 1, 1,
                1, '1000', 'C', 'USD', 1, '0', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)
        """);

    /// <summary>Ended by a person (of an order, of a message), ended by the tower, and open.</summary>
    public static string Cases => TestedDatabase.WithNumbers("exception_case", """
        INSERT INTO exception_case (id, origin, transaction_id, reason_code, team, state, resolved_by,
            case_key, message, revision, opened_at, due_at, replays, updated_at, version) VALUES
            (1, 0, 1, 'PICK_SHORT', 'warehouse', 3, 'someone', 'a', '.', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0),
            (2, 1, NULL, 'MAP_ERROR', 'integration', 3, 'someone', 'b', '.', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0),
            (3, 0, 1, 'SHIP_LATE', 'warehouse', 3, 'tower', 'c', '.', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0),
            (4, 0, 1, 'UNROUTABLE', 'integration', 0, NULL, 'd', '.', 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, CURRENT_TIMESTAMP, 0)
        """);
}
