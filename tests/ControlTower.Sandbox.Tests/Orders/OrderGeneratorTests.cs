using System.Text.Json;
using ControlTower.Sandbox.Orders;

namespace ControlTower.Sandbox.Tests.Orders;

public sealed class OrderGeneratorTests
{
    private static readonly IReadOnlyList<SalesOrder> Book = OrderGenerator.Make(500, 1);

    [Fact]
    public void The_same_seed_makes_the_same_orders() =>
        JsonSerializer.Serialize(OrderGenerator.Make(500, 1)).ShouldBe(JsonSerializer.Serialize(Book));

    [Fact]
    public void Another_seed_makes_other_orders() =>
        JsonSerializer.Serialize(OrderGenerator.Make(500, 2)).ShouldNotBe(JsonSerializer.Serialize(Book));

    [Fact]
    public void The_first_order_comes_on_the_first_day_and_the_others_within_thirty_working_days()
    {
        Book[0].OrderedAt.ShouldBe(OrderGenerator.FirstDay);
        Book[^1].OrderedAt.ShouldBeLessThan(OrderGenerator.FirstDay.AddDays(42));
        Book.ShouldAllBe(order => order.OrderedAt.DayOfWeek != DayOfWeek.Saturday && order.OrderedAt.DayOfWeek != DayOfWeek.Sunday);
    }

    [Fact]
    public void Orders_ascend_by_date_and_their_numbers_are_unique()
    {
        Book.Select(order => order.OrderedAt).ShouldBeInOrder();
        Book.Select(order => order.Number).ShouldBeUnique();
    }

    [Fact]
    public void All_generated_orders_end_posted() => Book.ShouldAllBe(order => order.Ending == Ending.Posted);

    [Fact]
    public void There_are_splits_over_sites_shipments_and_parcels_and_late_deliveries_and_proofs()
    {
        Share(order => order.Sites.Count == 2).ShouldBeInRange(0.08, 0.30);
        Share(order => order.Shipments == 2).ShouldBeInRange(0.05, 0.16);
        Share(order => order.Parcels == 2).ShouldBeInRange(0.10, 0.24);
        Share(order => order.Late).ShouldBeInRange(0.22, 0.38);
        Share(order => order.ProofRequired).ShouldBeInRange(0.25, 0.60);
    }

    [Fact]
    public void About_half_of_the_orders_belong_to_each_area() =>
        Share(order => Region.Named(order.Region).Area == "west").ShouldBeInRange(0.40, 0.60);

    [Fact]
    public void Exactly_the_corporate_customers_need_a_proof() =>
        Book.ShouldAllBe(order => order.ProofRequired == (order.Customer.Segment == "Corporate"));

    [Fact]
    public void Amounts_are_whole_cents_above_nothing() =>
        Book.SelectMany(order => order.Lines).ShouldAllBe(line => line.Amount > 0 && decimal.Round(line.Amount, 2) == line.Amount);

    private static double Share(Func<SalesOrder, bool> which) => (double)Book.Count(which) / Book.Count;
}
