using System.Globalization;
using ControlTower.Sandbox.Services;

namespace ControlTower.Sandbox.Hosting;

/// <summary>One line about the progress of the landscape, when something has happened since the last.</summary>
internal sealed class Progress(Floor floor, Systems systems, Action<string> print)
{
    private long _last = -1;

    public void Tell()
    {
        string line;
        lock (floor.Gate)
        {
            if (floor.Activity == _last)
            {
                return;
            }

            _last = floor.Activity;
            var today = floor.Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            line =
                $"{today}  orders {systems.Erp.Told}/{floor.Orders.All.Count}  shipped {systems.Wms.Shipped}  delivered "
                    + $"{systems.Carriers.Delivered}  "
                + $"invoiced {systems.Billing.Invoiced}  posted {systems.Erp.Posted}";
        }

        print(line);
    }
}
