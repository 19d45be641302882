using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ControlTower.Core.Persistence;

/// <summary>
/// Repeats a read that failed by a transient error, classified as everywhere else: EF Core's own list has the numbers
/// of Windows only.
/// </summary>
internal sealed class SqlServerReadRetry(ExecutionStrategyDependencies dependencies, int times, TimeSpan longestPause)
    : SqlServerRetryingExecutionStrategy(dependencies, times, longestPause, errorNumbersToAdd: null)
{
    protected override bool ShouldRetryOn(Exception exception) => TransientErrors.IsTransient(exception);
}
