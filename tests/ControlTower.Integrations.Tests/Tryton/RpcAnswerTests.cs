using System.Net;
using System.Text;
using ControlTower.Core.Connectors;
using ControlTower.Integrations.Tryton.Commands;
using ControlTower.Integrations.Tryton.Rpc;

namespace ControlTower.Integrations.Tests.Tryton;

/// <summary>Errors that Tryton was seen to answer, and their outcome for a command.</summary>
public class RpcAnswerTests
{
    [Theory]
    [InlineData("""["UserError",["A value is required for field \"Party\" in \"Sale\".","",null]]""", "USER_ERROR", SendOutcome.Rejected)]
    [InlineData("""["UserWarning",["shipment_out_no_carrier_stock.shipment.out,3","The shipment \"3\" does not have a carrier set.",""]]""",
        "USER_WARNING", SendOutcome.Rejected)]
    [InlineData("""["ConcurrencyException","Records were modified in the meanwhile"]""", "CONCURRENCY", SendOutcome.NotSent)]
    [InlineData("""["LoginException",["password","Password for tower","password"]]""", "LOGIN", SendOutcome.Unauthorised)]
    [InlineData("""["could not serialize access due to concurrent update\n",""]""", "DATABASE_BUSY", SendOutcome.NotSent)]
    [InlineData("""["could not obtain lock on row in relation \"account_invoice\"\n",""]""", "DATABASE_BUSY", SendOutcome.NotSent)]
    [InlineData("""["server closed the connection unexpectedly\n",""]""", "DATABASE_LOST", SendOutcome.Unknown)]
    [InlineData("""["'nofield'",""]""", "SERVER_ERROR", SendOutcome.Rejected)]
    public void Each_form_of_an_error_inside_200_is_classified(string error, string code, SendOutcome outcome)
    {
        var rpcError = Read(HttpStatusCode.OK, $$"""{"id":1,"error":{{error}}}""");

        rpcError.Code.ShouldBe(code);
        rpcError.Message.ShouldNotBeEmpty();
        Outcome.FromError(rpcError, acted: false, isAct: true).Outcome.ShouldBe(outcome);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, SendOutcome.Unauthorised)]
    [InlineData(HttpStatusCode.Forbidden, SendOutcome.Rejected)]
    [InlineData(HttpStatusCode.TooManyRequests, SendOutcome.Throttled)]
    [InlineData(HttpStatusCode.InternalServerError, SendOutcome.Unknown)]
    public void A_status_is_classified(HttpStatusCode status, SendOutcome outcome) =>
        Outcome.FromError(Read(status, "<!doctype html>"), acted: false, isAct: true).Outcome.ShouldBe(outcome);

    [Theory]
    [InlineData("[]")]
    [InlineData("no")]
    [InlineData("""{"id":1}""")]
    [InlineData("""[{"number":"1","id":1}]""")]
    public void An_unreadable_answer_gives_an_action_an_unknown_outcome_and_a_read_none(string body)
    {
        var rpcError = Read(HttpStatusCode.OK, body);

        Outcome.FromError(rpcError, acted: false, isAct: true).Outcome.ShouldBe(SendOutcome.Unknown);
        Outcome.FromError(rpcError, acted: false, isAct: false).Outcome.ShouldBe(SendOutcome.NotSent);
        Outcome.FromError(rpcError, acted: true, isAct: false).Outcome.ShouldBe(SendOutcome.Unknown);
    }

    [Fact]
    public void A_warning_keeps_its_name()
    {
        var rpcError = Read(HttpStatusCode.OK,
            """{"id":1,"error":["UserWarning",["shipment_out_no_carrier_stock.shipment.out,3","No carrier.",""]]}""");

        rpcError.Warning.ShouldBe("shipment_out_no_carrier_stock.shipment.out,3");
    }

    [Fact]
    public void A_result_of_null_is_a_result() =>
        RpcAnswer.Read(HttpStatusCode.OK, """{"id":1,"result":null}"""u8.ToArray(), null).Error.ShouldBeNull();

    private static RpcError Read(HttpStatusCode status, string body) =>
        RpcAnswer.Read(status, Encoding.UTF8.GetBytes(body), null).Error.ShouldNotBeNull();
}
