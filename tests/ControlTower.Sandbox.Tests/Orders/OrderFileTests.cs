using ControlTower.Sandbox.Cli;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Tests.Orders;

public sealed class OrderFileTests
{
    private const string Header =
        "order_id,order_item_id,order_date,order_status,customer_id,customer_segment,customer_city,customer_state,"
        + "customer_country,order_region,order_city,order_state,order_country,department,product_id,product_name,unit_price,quantity,"
        + "line_total,"
        + "shipping_mode,days_scheduled,days_real";

    [Fact]
    public void The_total_of_a_line_is_what_is_owed_for_it_in_dollars()
    {
        var order = Read(Line()).Single();
        order.Currency.ShouldBe("USD");
        order.Lines.Single().Amount.ShouldBe(251.98m);
        order.Lines.Single().UnitPrice.ShouldBe(299.98m);
        order.Total.ShouldBe(251.98m);
    }

    [Fact]
    public void The_second_site_serves_other_departments_than_that_of_the_first_line()
    {
        var order = Read(Line(item: "15"), Line(item: "16", department: "Outdoors"), Line(item: "17")).Single();
        order.Lines.Select(line => line.Site).ShouldBe(["SAM-1", "SAM-2", "SAM-1"]);
        order.Sites.ShouldBe(["SAM-1", "SAM-2"]);
    }

    [Fact]
    public void An_order_is_promised_as_scheduled_and_delivered_after_the_real_days()
    {
        var order = Read(Line(scheduled: "2", real: "3")).Single();
        order.Promised.ShouldBe(order.OrderedAt.AddDays(2));
        order.Delivered.ShouldBe(order.OrderedAt.AddDays(3));
        order.Late.ShouldBeTrue();
    }

    [Theory]
    [InlineData("2", "2", false)]
    [InlineData("0", "0", false)]
    [InlineData("4", "1", false)]
    [InlineData("0", "1", true)]
    public void An_order_is_late_when_it_took_more_days_than_scheduled(string scheduled, string real, bool late) =>
        Read(Line(scheduled: scheduled, real: real)).Single().Late.ShouldBe(late);

    [Theory]
    [InlineData("COMPLETE", "Posted", null)]
    [InlineData("PENDING_PAYMENT", "Posted", null)]
    [InlineData("CANCELED", "Cancelled", null)]
    [InlineData("ON_HOLD", "Held", "ON_HOLD")]
    [InlineData("PAYMENT_REVIEW", "Held", "PAYMENT_REVIEW")]
    [InlineData("SUSPECTED_FRAUD", "Held", "SUSPECTED_FRAUD")]
    public void The_status_decides_how_an_order_ends(string status, string ending, string? hold)
    {
        var order = Read(Line(status: status)).Single();
        order.Ending.ToString().ShouldBe(ending);
        order.HoldCode.ShouldBe(hold);
    }

    [Theory]
    [InlineData("Same Day", "dashline")]
    [InlineData("First Class", "aeropost")]
    [InlineData("Second Class", "roadlink")]
    [InlineData("Standard Class", "groundway")]
    public void The_carrier_follows_from_the_shipping_mode(string mode, string carrier) =>
        Read(Line(mode: mode)).Single().Carrier.ShouldBe(carrier);

    [Fact]
    public void Corporate_customers_need_a_proof_of_delivery()
    {
        Read(Line(segment: "Corporate")).Single().ProofRequired.ShouldBeTrue();
        Read(Line(segment: "Home Office")).Single().ProofRequired.ShouldBeFalse();
    }

    [Theory]
    [InlineData("7,15,yesterday", "o.csv line 2: it has another number of fields than the header.")]
    [InlineData("", "The orders file o.csv has no order lines.")]
    public void A_short_line_or_an_empty_file_is_reported_in_one_sentence(string line, string sentence) => Fault(line).ShouldBe(sentence);

    [Fact]
    public void A_malformed_field_is_reported_with_its_line()
    {
        Fault(Line(), Line(item: "16", quantity: "two")).ShouldBe("o.csv line 3: quantity 'two' is not a number of 0 or more.");
        Fault(Line(date: "soon")).ShouldBe("o.csv line 2: order_date 'soon' is not a date and time such as 2015-01-01T02:06:00Z.");
        Fault(Line(real: "-1")).ShouldBe("o.csv line 2: days_real '-1' is not a whole number of days from 0 to 3650.");
        Fault(Line(segment: "")).ShouldBe("o.csv line 2: customer_segment is empty.");
    }

    [Fact]
    public void Lines_that_contradict_each_other_are_refused()
    {
        Fault(Line(), Line()).ShouldBe("o.csv line 3: item 15 of order 7 is there twice.");
        Fault(Line(), Line(item: "16", status: "CANCELED")).ShouldBe("o.csv line 3: order_status differs from line 2 of the same order 7.");
    }

    [Fact]
    public void A_missing_column_is_named() =>
        Should.Throw<BadInput>(() => OrderFile.Read(new StringReader(Header.Replace(",quantity", "")), "o.csv"))
        .Message.ShouldBe("o.csv line 1: the header lacks quantity.");

    [Fact]
    public void The_real_orders_are_read_whole()
    {
        var orders = OrderFile.Read(DataCo.File);
        orders.Count.ShouldBe(5743);
        orders.Sum(order => order.Lines.Count).ShouldBe(6000);
        orders[0].OrderedAt.ShouldBe(new DateTimeOffset(2015, 1, 1, 2, 6, 0, TimeSpan.Zero));
        orders.Select(order => order.OrderedAt).ShouldBeInOrder();
        orders.Count(order => order.Ending == Ending.Posted && Region.Named(order.Region).Area == "west").ShouldBeInRange(2300, 2900);
        orders.ShouldAllBe(order => Region.Named(order.Region).Zone != "Etc/UTC");
    }

    private static IReadOnlyList<SalesOrder> Read(params string[] lines) =>
        OrderFile.Read(new StringReader(string.Join('\n', lines.Prepend(Header))), "o.csv");

    private static string Fault(params string[] lines) => Should.Throw<BadInput>(() => Read(lines)).Message;

    private static string Line(
        string item = "15", string date = "2015-01-01T02:06:00Z", string status = "COMPLETE", string segment = "Consumer",
        string department = "Fan Shop",
        string quantity = "1", string mode = "Second Class", string scheduled = "2", string real = "3") =>
        $"7,{item},{date},{status},4530,{segment},Miami,FL,EE. UU.,South  America,São Paulo,São Paulo,Brasil,{department},957,Tent,299.98,"
            + $"{quantity},251.98,{mode},{scheduled},{real}";
}
