namespace ControlTower.Sandbox.Tests.Landscapes;

/// <summary>
/// Four orders in the columns of the DataCo lines: one split and late, one on time, one cancelled, one held.
/// </summary>
internal static class SmallFile
{
    public static async Task<string> Write(Folder folder)
    {
        var file = folder.File("orders.csv");
        await File.WriteAllLinesAsync(
            file,
            [
                "order_id,order_item_id,order_date,order_status,customer_id,customer_segment,customer_city,customer_state,customer_country,"
                    + "order_region,"
                + "order_city,order_state,order_country,department,product_id,product_name,unit_price,quantity,line_total,shipping_mode,"
                + "days_scheduled,days_real",
                "1,1,2015-01-01T00:00:00Z,COMPLETE,1,Corporate,A,B,C,Caribbean,D,E,F,Golf,9,Bag,60.00,2,100.01,Same Day,0,1",
                "1,2,2015-01-01T00:00:00Z,COMPLETE,1,Corporate,A,B,C,Caribbean,D,E,F,Footwear,8,Shoe,25.00,2,50.00,Same Day,0,1",
                "2,3,2015-01-02T00:00:00Z,PENDING,2,Consumer,A,B,C,Canada,D,E,F,Golf,9,Bag,20.00,1,20.00,Standard Class,0,0",
                "3,4,2015-01-03T00:00:00Z,CANCELED,3,Consumer,A,B,C,Canada,D,E,F,Golf,9,Bag,20.00,1,20.00,First Class,1,2",
                "4,5,2015-01-04T00:00:00Z,SUSPECTED_FRAUD,4,Corporate,A,B,C,Canada,D,E,F,Golf,9,Bag,20.00,1,20.00,First Class,1,2",
            ]);
        return file;
    }
}
