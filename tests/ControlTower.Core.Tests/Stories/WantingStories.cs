namespace ControlTower.Core.Tests.Stories;

/// <summary>The undisturbed scenario, up to the moment at which a command is wanted, or at which a fact was the last.</summary>
internal static class WantingStories
{
    /// <summary>The first facts of the whole scenario, which are in order of their time.</summary>
    public static Story First(int facts)
    {
        var story = new Story();
        story.Facts.AddRange(Whole().Facts.Take(facts));
        return story.At((story.Facts[^1].Time - StoryFacts.Start).TotalHours);
    }

    public static Story For(string commandKind) => commandKind switch
    {
        "release-fulfilment" => First(1),
        "update-order-status" => First(2),
        "cancel-fulfilment" => First(3).At(3).Tell("erp", "order.cancelled", "SO-1", new { }),
        "tender-shipment" => First(6),
        "post-goods-issue" => First(9),
        "create-invoice" => First(13),
        _ => First(15),
    };

    /// <summary>Order 1, release 2, allocated 3, picked 4, packed 5, ready 6, tender 7, its answer 8, shipped 9, goods issue 10 and 11,
    /// picked up 12, delivered 13, invoice 14 and 15, posting 16 and 17.</summary>
    private static Story Whole()
    {
        var story = Story.UntilDelivered();
        story.At(41).Accept("create-invoice", "SH-1", "INV-1").At(42).Invoiced("INV-1", "SH-1", 100, 20);
        return story.At(43).Accept("post-invoice", "INV-1", "90").At(44).Posted("90", "INV-1", 100);
    }
}
