namespace ControlTower.Sandbox.Orders;

/// <summary>Makes an order book: same count and seed, same orders. All of them end posted when nothing fails.</summary>
internal static class OrderGenerator
{
    public static readonly DateTimeOffset FirstDay = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);

    private const int BusinessDays = 30;
    private const int FirstNumber = 1001;

    public static IReadOnlyList<SalesOrder> Make(int count, int seed)
    {
        var random = new Random(seed);
        var times = Enumerable.Range(0, count).Select(_ => OrderTime(random)).Order().ToList();
        times[0] = FirstDay;
        return [.. times.Select((time, index) => Order(random, $"SO-{FirstNumber + index}", time))];
    }

    /// <summary>A minute between six and twenty o'clock of one of the first thirty working days.</summary>
    private static DateTimeOffset OrderTime(Random random)
    {
        var day = random.Next(BusinessDays);
        return FirstDay.AddDays(((day / 5) * 7) + (day % 5)).AddMinutes(random.Next(14 * 60));
    }

    private static SalesOrder Order(Random random, string number, DateTimeOffset time)
    {
        var mode = ShippingMode.Draw(random);
        var place = Catalogue.Destinations[random.Next(Catalogue.Destinations.Count)];
        var customer = Customer(random, place);
        return new SalesOrder(
            number, time, time + mode.Promise, time + mode.Reality(random), Ending.Posted, customer, place.Region, "USD",
            mode.Name, Carriers.For(mode.Name), ProofRequired: customer.Segment == "Corporate",
            Lines(random, Region.Named(place.Region)))
        {
            Shipments = random.Next(10) == 0 ? 2 : 1,
            Parcels = random.Next(6) == 0 ? 2 : 1,
        };
    }

    private static Customer Customer(Random random, Catalogue.Destination place)
    {
        var index = random.Next(Catalogue.Companies.Count);
        var segment = (index % 10) switch { < 4 => "Consumer", < 8 => "Corporate", _ => "Home Office" };
        var address = new Place(place.City, place.State, place.Country);
        return new Customer($"C{100 + index}", Catalogue.Companies[index], segment, address, address);
    }

    private static List<OrderLine> Lines(Random random, Region region)
    {
        var mixed = random.Next(4) == 0;
        var first = Catalogue.Articles[random.Next(Catalogue.Articles.Count)];
        var others = Catalogue.Articles.Where(article => article != first && (mixed || article.Department == first.Department)).ToArray();
        random.Shuffle(others);
        var articles = others.Take(random.Next(4)).Prepend(first);
        return [.. articles.Select((article, index) =>
            Line(random, (index + 1) * 10, article, region.SiteFor(article.Department, first.Department)))];
    }

    private static OrderLine Line(Random random, int number, Catalogue.Article article, string site)
    {
        var quantity = random.Next(2, 13);
        var discount = random.Next(0, 5) * 0.05m;
        var amount = Math.Round(quantity * article.Price * (1 - discount), 2, MidpointRounding.AwayFromZero);
        return new OrderLine($"{number}", article.Item, article.Description, quantity, article.Price, amount, site);
    }
}
