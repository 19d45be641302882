using ControlTower.Core.Connectors.Receiving;
using ControlTower.Integrations.Open;
using ControlTower.Integrations.Tests.Http;

namespace ControlTower.Integrations.Tests.Connectors;

/// <summary>All requests of systems pass one port, and all cases another: no kind bypasses them.</summary>
public sealed class ReceiverTests
{
    [Fact]
    public void A_kind_receives_at_the_address_that_it_describes()
    {
        foreach (var kind in new[] { Vendors.EasyPost(), Vendors.Stripe() })
        {
            (kind.Describe().Webhooks, kind.Describe().Signs, kind.Receiver!.Route).ShouldBe((true, false, InboundRoute.Webhooks));
        }

        (OpenConnectorKind.Info.Webhooks, OpenConnectorKind.Info.Signs, new OpenReceiver().Route)
            .ShouldBe((false, true, InboundRoute.Facts));
    }

    [Fact]
    public void Kinds_write_no_rows_themselves() =>
        typeof(IntegrationsRegistration).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)).ShouldBeEmpty();
}
