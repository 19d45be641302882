using ControlTower.Web.Features.Approvals;
using ControlTower.Web.Features.Audit;
using ControlTower.Web.Features.Exceptions;
using ControlTower.Web.Features.Shipments;
using ControlTower.Web.Features.Transactions;

namespace ControlTower.Web.Tests.Shared.Lists;

/// <summary>Filters are written into logs and results of measurements.</summary>
public sealed class FilterTextTests
{
    [Fact]
    public void A_filter_has_a_text_that_ends()
    {
        foreach (var filter in new object[]
            { new TransactionFilter(), new ShipmentFilter(), new CaseFilter(), ApprovalFilter.All, new AuditFilter() })
        {
            filter.ToString()!.Length.ShouldBeLessThan(2000);
        }
    }
}
