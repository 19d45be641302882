namespace ControlTower.Sandbox.Orders;

/// <summary>The items, customers and places of the generated orders.</summary>
internal static class Catalogue
{
    public static readonly IReadOnlyList<Article> Articles =
    [
        new("1001", "Trail running shoe", 89.90m, "Footwear"), new("1002", "City walking boot", 129.00m, "Footwear"),
        new("1003", "Canvas sneaker", 49.95m, "Footwear"), new("1004", "Cycling cleat", 12.49m, "Footwear"),
        new("2001", "Two-person tent", 219.99m, "Outdoors"), new("2002", "Down sleeping bag", 164.50m, "Outdoors"),
        new("2003", "Camping stove", 58.35m, "Outdoors"), new("2004", "Trekking pole", 33.33m, "Outdoors"),
        new("3001", "Training jersey", 24.99m, "Apparel"), new("3002", "Rain jacket", 97.00m, "Apparel"),
        new("3003", "Merino base layer", 61.19m, "Apparel"), new("3004", "Running sock", 7.95m, "Apparel"),
        new("4001", "Kettlebell 16 kg", 54.90m, "Fitness"), new("4002", "Rowing machine", 899.00m, "Fitness"),
        new("4003", "Yoga mat", 29.99m, "Fitness"), new("4004", "Resistance band", 9.49m, "Fitness"),
        new("5001", "Golf towel", 15.99m, "Golf"), new("5002", "Golf ball, dozen", 27.77m, "Golf"),
        new("5003", "Driver", 349.00m, "Golf"), new("5004", "Stand bag", 178.40m, "Golf"),
    ];

    public static readonly IReadOnlyList<Destination> Destinations =
    [
        new("East of USA", "Boston", "MA", "USA"), new("East of USA", "Baltimore", "MD", "USA"),
        new("West of USA", "Portland", "OR", "USA"), new("West of USA", "San Diego", "CA", "USA"),
        new("Northern Europe", "Leeds", "England", "United Kingdom"), new("South America", "Curitiba", "Paraná", "Brazil"),
        new("Western Europe", "Lyon", "Auvergne-Rhône-Alpes", "France"), new("Western Europe", "Utrecht", "Utrecht", "Netherlands"),
        new("Southern Europe", "Porto", "Norte", "Portugal"), new("Eastern Asia", "Osaka", "Osaka", "Japan"),
        new("Southeast Asia", "Penang", "Penang", "Malaysia"), new("Oceania", "Brisbane", "Queensland", "Australia"),
    ];

    public static readonly IReadOnlyList<string> Companies =
    [
        "Alder & Finch", "Bluewater Clubs", "Cobalt Sports", "Dovetail Stores", "Elmgrove School", "Fernhill Resorts", "Granite Peak",
        "Harbour Lane", "Ironbridge Gym", "Juniper Trail", "Kestrel Outfitters", "Lakeside Hotels", "Meridian Teams", "Northlight",
        "Oakham College", "Pinewood Camps", "Quarry Park", "Redstone Health", "Silverline", "Thornbury", "Upland Sports",
        "Valley Forge Club",
    ];

    internal sealed record Article(string Item, string Description, decimal Price, string Department);

    internal sealed record Destination(string Region, string City, string State, string Country);
}
