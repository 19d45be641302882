namespace ControlTower.Core.Persistence.Adoption;

/// <summary>
/// The migrations of version 0.1.0, which one <c>Initial</c> for each database replaced. A database that has exactly
/// these, and perhaps steps of <see cref="ForwardScript"/> in their order, can be adopted.
/// </summary>
internal static class AdoptedHistory
{
    private static readonly string[] Postgres =
    [
        "20261120232553_Initial",
        "20261121023912_ConnectorKinds",
        "20261121024837_FastListsAndHousekeeping",
        "20261121030122_Pace",
        "20261121061516_Publishing",
        "20261121091321_CaseSites",
        "20261121153443_StatisticsSeldom",
        "20261121194546_LateTransactions",
        "20261121215439_Arrivals",
        "20261121225751_OpenCases",
        "20261122021401_PendingApprovals",
    ];

    private static readonly string[] SqlServer =
    [
        "20261120232557_Initial",
        "20261121023922_ConnectorKinds",
        "20261121024841_FastListsAndHousekeeping",
        "20261121030142_Pace",
        "20261121061524_Publishing",
        "20261121091330_CaseSites",
        "20261121153450_StatisticsSeldom",
        "20261121194551_LateTransactions",
        "20261121215521_Arrivals",
        "20261121225834_OpenCases",
        "20261122021442_PendingApprovals",
    ];

    public static IReadOnlyList<string> For(DatabaseProvider provider) => provider == DatabaseProvider.SqlServer ? SqlServer : Postgres;
}
