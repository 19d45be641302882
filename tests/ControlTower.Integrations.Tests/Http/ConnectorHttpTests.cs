using System.Net;
using System.Net.Sockets;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Tests.Open;

namespace ControlTower.Integrations.Tests.Http;

public sealed class ConnectorHttpTests
{
    /// <summary>
    /// About one in a thousand such connections fails with a different exception, while the handler reads the address
    /// of the other end.
    /// </summary>
    [Fact]
    public async Task A_target_that_resets_each_new_connection_counts_as_not_reached()
    {
        using var target = new TcpListener(IPAddress.Loopback, 0);
        target.Start();
        using var http = new ConnectorHttp(Channels.Guard("127.0.0.1"));
        using var over = new CancellationTokenSource();
        var resetting = ResetAsync(target, over.Token);
        var kinds = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var seen = new HashSet<Type>();
            for (var tries = 0; tries < 1_500; tries++)
            {
                seen.Add(await FailureAsync(http, new Uri($"http://{target.LocalEndpoint}/")));
            }

            return seen;
        }));
        await over.CancelAsync();
        await resetting;

        kinds.SelectMany(kind => kind).Distinct().ShouldBe([typeof(HttpRequestException)]);
    }

    private static async Task<Type> FailureAsync(ConnectorHttp http, Uri target)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(new byte[4096]) };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return answer.GetType();
        }
        catch (Exception failure)
        {
            return failure.GetType();
        }
    }

    private static async Task ResetAsync(TcpListener target, CancellationToken over)
    {
        try
        {
            while (true)
            {
                var socket = await target.AcceptSocketAsync(over);
                socket.LingerState = new LingerOption(true, 0);
                socket.Dispose();
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
