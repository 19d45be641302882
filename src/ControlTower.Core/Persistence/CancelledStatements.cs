using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ControlTower.Core.Persistence;

/// <summary>
/// SQL Server's driver reports a statement that its caller cancelled as an error of the database. Callers distinguish a
/// stop from a failure by <see cref="OperationCanceledException"/>, so this is thrown instead.
/// </summary>
internal sealed class CancelledStatements : DbCommandInterceptor
{
    public override Task CommandCanceledAsync(
        DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default) =>
        Task.FromException(new OperationCanceledException("The statement was cancelled.", cancellationToken));
}
