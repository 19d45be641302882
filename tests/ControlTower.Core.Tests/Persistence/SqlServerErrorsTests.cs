using System.Net.Sockets;
using System.Security.Authentication;
using ControlTower.Core.Persistence;
using ControlTower.Testing;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace ControlTower.Core.Tests.Persistence;

/// <summary>How the exceptions of SQL Server's driver are classified for repeating the unit of work.</summary>
public sealed class SqlServerErrorsTests
{
    private const byte OfTheStatement = 16;
    private const byte OfTheConnection = 20;

    [Fact]
    public void A_connection_lost_on_Linux_which_has_no_number_is_transient() =>
        IsTransient(SqlServerError.Create(0, OfTheConnection)).ShouldBeTrue();

    [Fact]
    public void A_broken_socket_is_transient_whatever_the_number() =>
        IsTransient(SqlServerError.Create(35, OfTheStatement, new SocketException((int)SocketError.ConnectionReset))).ShouldBeTrue();

    [Fact]
    public void A_broken_transport_is_transient_however_deeply_it_is_nested() =>
        IsTransient(SqlServerError.Create(0, OfTheStatement, new AggregateException(new IOException("Broken pipe")))).ShouldBeTrue();

    [Fact]
    public void An_error_of_the_connection_that_saving_reports_is_transient() =>
        IsTransient(new DbUpdateException("Saving failed.", SqlServerError.Create(0, OfTheConnection))).ShouldBeTrue();

    [Fact]
    public void A_statement_that_was_ended_with_its_connection_is_transient() => IsTransient(SqlServerError.Create(0, 11)).ShouldBeTrue();

    [Theory]
    [InlineData(1205)]
    [InlineData(1222)]
    [InlineData(40613)]
    [InlineData(-2)]
    [InlineData(6005)]
    [InlineData(1204)]
    public void An_error_that_the_server_asks_to_repeat_is_transient(int number) =>
        IsTransient(SqlServerError.Create(number, OfTheStatement)).ShouldBeTrue();

    [Theory]
    [InlineData(2627)]
    [InlineData(208)]
    [InlineData(18456)]
    [InlineData(8152)]
    public void An_error_that_a_repetition_cannot_fix_is_not_transient(int number) =>
        IsTransient(SqlServerError.Create(number, OfTheStatement)).ShouldBeFalse();

    [Fact]
    public void A_certificate_that_is_not_trusted_is_not_transient() =>
        IsTransient(SqlServerError.Create(
            35, OfTheConnection, new AuthenticationException("The certificate was rejected."))).ShouldBeFalse();

    [Fact]
    public void An_error_of_the_driver_on_a_lost_connection_is_transient()
    {
        using var connection = new SqlConnection("Server=nowhere");
        using var command = new SqlCommand("SELECT 1", connection);

        var refused = Should.Throw<InvalidOperationException>(() => command.ExecuteScalar());

        IsTransient(refused).ShouldBeTrue();
        IsTransient(new InvalidOperationException("A mistake of our own.")).ShouldBeFalse();
    }

    private static bool IsTransient(Exception error) => TransientErrors.IsTransient(error);
}
