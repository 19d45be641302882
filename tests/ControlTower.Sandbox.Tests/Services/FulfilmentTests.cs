using ControlTower.Sandbox.Orders;
using ControlTower.Sandbox.Services.Wms;

namespace ControlTower.Sandbox.Tests.Services;

public sealed class FulfilmentTests
{
    private static readonly SalesOrder Order = OrderGenerator.Make(1, 1)[0] with
    {
        Lines = [Line("10", 5), Line("20", 1), Line("30", 2)],
    };

    [Fact]
    public void A_line_that_is_cancelled_is_not_shipped()
    {
        var fulfilment = From(Order);
        fulfilment.Cancel(["20"]);
        fulfilment.LinesOf(1).Select(line => line.Line).ShouldBe(["10", "30"]);
        fulfilment.Cancelled.ShouldBeFalse();
    }

    [Fact]
    public void A_fulfilment_without_lines_is_cancelled()
    {
        var fulfilment = From(Order);
        fulfilment.Cancel(null);
        fulfilment.Cancelled.ShouldBeTrue();
        fulfilment.LinesOf(1).ShouldBeEmpty();
    }

    [Fact]
    public void Two_shipments_share_the_lines()
    {
        var fulfilment = From(Order with { Shipments = 2 });
        fulfilment.Shipments.Select(shipment => shipment.Number).ShouldBe(["SH-7-1-1", "SH-7-1-2"]);
        fulfilment.LinesOf(1).Select(line => line.Line).ShouldBe(["10", "20"]);
        fulfilment.LinesOf(2).Select(line => line.Line).ShouldBe(["30"]);
    }

    [Fact]
    public void Two_shipments_share_the_units_of_a_single_line()
    {
        var fulfilment = From(Order with { Shipments = 2, Lines = [Line("10", 5)] });
        fulfilment.LinesOf(1).Single().Quantity.ShouldBe(3);
        fulfilment.LinesOf(2).Single().Quantity.ShouldBe(2);
    }

    [Fact]
    public void A_short_pick_misses_one_unit_of_the_first_line_of_two_or_more()
    {
        var fulfilment = From(Order with { Fate = Fate.PickedShort, Lines = [Line("20", 1), Line("30", 2), Line("40", 9)] });
        fulfilment.Short!.Line.ShouldBe("30");
        fulfilment.PickedLines.Select(line => line.Quantity).ShouldBe([1, 1, 9]);
        fulfilment.Lines.Select(line => line.Quantity).ShouldBe([1, 2, 9]);
    }

    [Fact]
    public void A_shipment_for_which_nothing_is_left_is_not_built() =>
        From(Order with { Shipments = 2, Fate = Fate.PickedShort, Lines = [Line("10", 2)] }).LinesOf(2).ShouldBeEmpty();

    [Fact]
    public void A_second_release_of_the_same_goods_is_picked_whole() =>
        From(Order with { Fate = Fate.PickedShort }, first: false).Short.ShouldBeNull();

    private static Fulfilment From(SalesOrder order, bool first = true)
    {
        var lines = order.Lines.Select(line => new GoodsLine(line.Line, line.Item, line.Quantity)).ToList();
        return new Fulfilment(new Release { Order = order.Number, Fulfilment = "FO-7-1", Site = "SAM-1", Lines = lines }, order, first);
    }

    private static OrderLine Line(string number, decimal quantity) => new(number, "1001", "Shoe", quantity, 10, quantity * 10, "SAM-1");
}
