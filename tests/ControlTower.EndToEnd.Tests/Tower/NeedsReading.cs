using System.Globalization;
using System.Text.RegularExpressions;
using ControlTower.Core.Kernel;
using ControlTower.Core.Persistence;
using ControlTower.Core.Persistence.Policies;
using ControlTower.EndToEnd.Tests.Landscape;
using ControlTower.Web.Features.Tower;
using ControlTower.Web.Features.Tower.Needs;

namespace ControlTower.EndToEnd.Tests.Tower;

/// <summary>
/// "Needs you" of one person as the page shows it, with the lists behind it, read while neither changed.
/// </summary>
internal sealed partial record NeedsReading(
    Actor Person, IReadOnlyList<Need> Rows, IReadOnlyDictionary<string, Listed> Opened, IReadOnlyList<Listed> Lists)
{
    public static async Task<NeedsReading> TakeAsync(ITowerDb tower, IPolicyStore policies, TowerClocks clocks, Actor person)
    {
        var pages = new PageLists(tower, policies, clocks, person);
        NeedsReading? taken = null;
        await Eventually.AsyncIs(async () =>
        {
            var before = await pages.AllAsync();
            var snapshot = await new TowerQueries(tower, policies, clocks).ReadAsync(
                TowerView.From(person), TestContext.Current.CancellationToken);
            var rows = NeedsList.From(snapshot, person);
            var opened = new Dictionary<string, Listed>();
            foreach (var row in rows)
            {
                opened[row.Key] = await pages.AtAsync(AddressOf(row));
            }

            taken = new(person, rows, opened, await pages.AllAsync());
            return Text(before) == Text(taken.Lists);
        }, () => $"The lists of {person.Name} do not come to rest:\n{Text(taken!.Lists)}");
        return taken!;
    }

    /// <summary>Sentences on what differs between the rows and the lists.</summary>
    public IEnumerable<string> Differences() =>
    [
        .. Rows.SelectMany(row => Differences(row, Opened[row.Key])),
        .. Lists.Where(list => !list.IsEmpty && !IsARow(list)).Select(list => $"{Person.Name}: no row for {list.Fingerprint}"),
    ];

    /// <summary>What the lists behind the rows of that kind hold.</summary>
    public int CountOf(NeedKind kind) => Rows.Where(row => row.Kind == kind).Sum(row => Opened[row.Key].Count);

    public override string ToString() =>
        $"{Person.Name}: {string.Join("; ", Rows.Select(row => $"{row.Text} [{row.Key}, {row.Action}]"))}";

    private IEnumerable<string> Differences(Need row, Listed list)
    {
        var money = ListedRow.Text(row.Money.Select(sum => (sum.Currency, sum.Amount)));
        return list.IsEmpty ? [$"{Person.Name}: '{row.Text}' opens an empty list: {list.Name}"]
            : Number(row) != list.Count ? [$"{Person.Name}: '{row.Text}' opens {list.Count} rows: {list.Fingerprint}"]
            : money != list.Money ? [$"{Person.Name}: '{row.Text}' is about {money} and opens {list.Money}: {list.Fingerprint}"]
            : [];
    }

    /// <summary>A queue may be represented by all of its cases; what was waived counts while it keeps money.</summary>
    private bool IsARow(Listed list) =>
        Opened.Values.Any(opened => opened.Name == list.Name)
        || list.Rows.All(row => Opened.Values.Any(opened => opened.Name == row.Key))
        || (list.Name.StartsWith("exceptions Waived", StringComparison.Ordinal) && list.Money.Length == 0);

    /// <summary>Of a system the commands that wait for it; of a case one; of any other row what its text begins with.</summary>
    private static int Number(Need row) => row.Kind switch
    {
        NeedKind.Exception => 1,
        NeedKind.System => Waiting().Match(row.Text) is { Success: true } waiting ? Parse(waiting.Groups[1].Value) : 0,
        _ => Parse(Beginning().Match(row.Text).Value),
    };

    private static string AddressOf(Need row) => row switch
    {
        { Action.Resume: { } system } => $"connectors/{system}",
        { Kind: NeedKind.Approval } => $"{row.Action!.Href}#mine",
        { Kind: NeedKind.ApprovalOfOthers } => $"{row.Action!.Href}#others",
        { Kind: NeedKind.System, Action: null } => $"connectors/{row.Key["system-".Length..]}",
        _ => row.Action!.Href!,
    };

    private static int Parse(string number) => int.Parse(number, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<Listed> lists) => string.Join('\n', lists.Select(list => list.Fingerprint));

    [GeneratedRegex("^[0-9,]+")]
    private static partial Regex Beginning();

    [GeneratedRegex("; ([0-9,]+) commands? waits? for it$")]
    private static partial Regex Waiting();
}
