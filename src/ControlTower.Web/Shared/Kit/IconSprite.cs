using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Components;
using Outlined = MudBlazor.Icons.Material.Outlined;

namespace ControlTower.Web.Shared.Kit;

/// <summary>
/// The product's icons, by the names of Material Symbols. A page has each path once, in a sprite outside of the
/// circuit: a live update sends a reference of 30 bytes instead of the path.
/// </summary>
public static class IconSprite
{
    /// <summary>Name to SVG content, in a box of 24 by 24.</summary>
    public static FrozenDictionary<string, string> Paths { get; } = new Dictionary<string, string>
    {
        ["account_balance"] = Outlined.AccountBalance,
        ["add"] = Outlined.Add,
        ["alarm"] = Outlined.Alarm,
        ["approval"] = Outlined.Approval,
        ["arrow_back"] = Outlined.ArrowBack,
        ["arrow_right"] = Outlined.ArrowRight,
        ["arrow_upward"] = Outlined.ArrowUpward,
        ["assignment"] = Outlined.Assignment,
        ["assignment_turned_in"] = Outlined.AssignmentTurnedIn,
        ["block"] = Outlined.Block,
        ["cancel"] = Outlined.Cancel,
        ["cell_tower"] = Outlined.CellTower,
        ["check"] = Outlined.Check,
        ["check_circle"] = Outlined.CheckCircle,
        ["chevron_left"] = Outlined.ChevronLeft,
        ["chevron_right"] = Outlined.ChevronRight,
        ["close"] = Outlined.Close,
        ["cloud_off"] = Outlined.CloudOff,
        ["content_copy"] = Outlined.ContentCopy,
        ["contrast"] = Outlined.Contrast,
        ["conversion_path"] = Outlined.AccountTree,
        ["delete"] = Outlined.Delete,
        ["description"] = Outlined.Description,
        ["difference"] = Outlined.Difference,
        ["do_not_disturb_on"] = Outlined.DoNotDisturbOn,
        ["download"] = Outlined.Download,
        ["edit"] = Outlined.Edit,
        ["error"] = Outlined.Error,
        ["expand_more"] = Outlined.ExpandMore,
        ["fact_check"] = Outlined.FactCheck,
        ["filter_alt_off"] = Outlined.FilterAltOff,
        ["flag"] = Outlined.Flag,
        ["format_quote"] = Outlined.FormatQuote,
        ["forward"] = Outlined.Forward,
        ["front_hand"] = Outlined.FrontHand,
        ["gpp_bad"] = Outlined.GppBad,
        ["handshake"] = Outlined.Handshake,
        ["help"] = Outlined.Help,
        ["history"] = Outlined.History,
        ["hourglass_top"] = Outlined.HourglassTop,
        ["hub"] = Outlined.Hub,
        ["inbox"] = Outlined.Inbox,
        ["info"] = Outlined.Info,
        ["key_off"] = Outlined.KeyOff,
        ["keyboard"] = Outlined.Keyboard,
        ["link_off"] = Outlined.LinkOff,
        ["local_shipping"] = Outlined.LocalShipping,
        ["lock"] = Outlined.Lock,
        ["logout"] = Outlined.Logout,
        ["network_check"] = Outlined.NetworkCheck,
        ["notes"] = Outlined.Notes,
        ["notification_important"] = Outlined.NotificationImportant,
        ["outgoing_mail"] = Outlined.ForwardToInbox,
        ["output"] = Outlined.Output,
        ["package_2"] = Outlined.Inventory2,
        ["pan_tool"] = Outlined.PanTool,
        ["pause"] = Outlined.Pause,
        ["pause_circle"] = Outlined.PauseCircle,
        ["pending"] = Outlined.Pending,
        ["person"] = Outlined.Person,
        ["play_arrow"] = Outlined.PlayArrow,
        ["policy"] = Outlined.Policy,
        ["receipt_long"] = Outlined.ReceiptLong,
        ["refresh"] = Outlined.Refresh,
        ["remove_circle_outline"] = Outlined.RemoveCircleOutline,
        ["replay"] = Outlined.Replay,
        ["running_with_errors"] = Outlined.RunningWithErrors,
        ["schedule"] = Outlined.Schedule,
        ["search"] = Outlined.Search,
        ["search_off"] = Outlined.SearchOff,
        ["send"] = Outlined.Send,
        ["sensors"] = Outlined.Sensors,
        ["settings_suggest"] = Outlined.SettingsSuggest,
        ["shelves"] = Outlined.Inventory,
        ["signature"] = Outlined.Draw,
        ["speed"] = Outlined.Speed,
        ["stop"] = Outlined.Stop,
        ["sync"] = Outlined.Sync,
        ["sync_problem"] = Outlined.SyncProblem,
        ["task_alt"] = Outlined.TaskAlt,
        ["timelapse"] = Outlined.Timelapse,
        ["timer"] = Outlined.Timer,
        ["timer_off"] = Outlined.TimerOff,
        ["travel_explore"] = Outlined.TravelExplore,
        ["trending_down"] = Outlined.TrendingDown,
        ["trending_flat"] = Outlined.TrendingFlat,
        ["trending_up"] = Outlined.TrendingUp,
        ["undo"] = Outlined.Undo,
        ["verified"] = Outlined.Verified,
        ["verified_user"] = Outlined.VerifiedUser,
        ["view_column"] = Outlined.ViewColumn,
        ["visibility"] = Outlined.Visibility,
        ["warehouse"] = Outlined.Warehouse,
        ["warning"] = Outlined.Warning,
        ["where_to_vote"] = Outlined.WhereToVote,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every icon as a symbol.</summary>
    public static MarkupString Markup { get; } = new(Build());

    /// <summary>What MudBlazor takes as an icon: a reference to the sprite.</summary>
    /// <exception cref="ArgumentException">No icon has that name.</exception>
    public static string Use(string name) => Paths.ContainsKey(name)
        ? $"<use href=\"#i-{name}\"/>"
        : throw new ArgumentException($"There is no icon {name}.", nameof(name));

    private static string Build()
    {
        var sprite = new StringBuilder("<svg class=\"sprite\" aria-hidden=\"true\">");
        foreach (var (name, path) in Paths.OrderBy(icon => icon.Key, StringComparer.Ordinal))
        {
            sprite.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"<symbol id=\"i-{name}\" viewBox=\"0 0 24 24\">{path}</symbol>");
        }

        return sprite.Append("</svg>").ToString();
    }
}
