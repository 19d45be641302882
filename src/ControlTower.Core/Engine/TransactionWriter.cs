using ControlTower.Core.Decisions.SalesOrders;
using ControlTower.Core.Persistence.Statements;

namespace ControlTower.Core.Engine;

/// <summary>
/// Decides locked transactions and collects the difference to what exists: commands, holds, cases, columns.
/// </summary>
internal sealed class TransactionWriter(IStatements statements, CommandDiff commands, HoldDiff holds, CaseDiff cases)
{
    /// <param name="changed">Ids of those whose state changed; the others are decided all the same.</param>
    public async Task WriteAsync(
        CycleContext cycle, IReadOnlyCollection<TransactionWork> units, IReadOnlySet<long> changed, CancellationToken cancellation)
    {
        var all = units.ToArray();
        var plans = new List<CommandDiff.Step>[all.Length];
        PureSteps.For(all.Length, i =>
        {
            all[i].Decision = Decider.Decide(all[i].State, cycle.Decision);
            plans[i] = CommandDiff.Plan(cycle, all[i]);
        });
        var steps = plans.SelectMany(plan => plan).ToList();

        var free = steps.Where(step => step.Withdraw).Select(step => step.Latest!.Id).Order().ToArray();
        var withdrawn = (await statements.WithdrawCommandsAsync(cycle.Db, free, cycle.SystemNow, cancellation)).ToHashSet();
        steps.ForEach(step => commands.Apply(cycle, step, withdrawn));
        var released = new List<TransactionWork>();
        foreach (var unit in units)
        {
            if (HoldDiff.Apply(cycle, unit))
            {
                released.Add(unit);
            }

            cases.Apply(cycle, unit, unit.Decision.Conditions);
            RowWriter.Apply(cycle, unit, changed.Contains(unit.Record.Id));
            PublicationPlan.Apply(cycle, unit);
        }

        if (released.Count > 0)
        {
            await holds.VoidApprovalsAsync(cycle, released, cancellation);
        }
    }
}
