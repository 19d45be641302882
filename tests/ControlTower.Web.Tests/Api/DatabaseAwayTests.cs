using System.Net.Sockets;
using ControlTower.Testing;
using ControlTower.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace ControlTower.Web.Tests.Api;

/// <summary>A request while the database is unavailable is answered 503, not as an error of the tower.</summary>
public sealed class DatabaseAwayTests
{
    public static TheoryData<Exception> Away =>
    [
        SqlServerError.Create(0, 20),
        SqlServerError.Create(0, 16, new SocketException((int)SocketError.ConnectionReset)),
        new InvalidOperationException("Likely due to a transient failure.", SqlServerError.Create(1205, 13)),
    ];

    [Theory]
    [MemberData(nameof(Away), DisableDiscoveryEnumeration = true)]
    public async Task A_lost_connection_to_SQL_Server_is_answered_503(Exception error) => (await StatusOfAsync(error)).ShouldBe(503);

    [Fact]
    public async Task An_error_of_the_statement_is_answered_500() => (await StatusOfAsync(SqlServerError.Create(208, 16))).ShouldBe(500);

    private static async Task<int> StatusOfAsync(Exception error)
    {
        var problems = Substitute.For<IProblemDetailsService>();
        problems.TryWriteAsync(Arg.Any<ProblemDetailsContext>()).Returns(true);
        var context = new DefaultHttpContext { Request = { Path = "/api/v1/exceptions" } };

        var handler = new ApiExceptionHandler(problems, NullLogger<ApiExceptionHandler>.Instance);
        await handler.TryHandleAsync(context, error, TestContext.Current.CancellationToken);

        return context.Response.StatusCode;
    }
}
