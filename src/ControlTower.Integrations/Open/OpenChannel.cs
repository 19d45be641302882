using System.Diagnostics;
using System.Net;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Flow;
using ControlTower.Integrations.Http;
using ControlTower.Integrations.Http.Authentication;

namespace ControlTower.Integrations.Open;

/// <summary>The open connector, version 1, towards one registered system.</summary>
internal sealed class OpenChannel(
    AuthenticatedHttp http, OpenRequests requests, ConnectorPipeline pipeline, PipelineOptions options, TimeProvider time,
    bool isPolled = true) : IConnectorChannel
{
    private const int LongestAnswer = 1024 * 1024;
    private const int LongestPage = 16 * 1024 * 1024;
    private static readonly ActivitySource Traces = new("ControlTower.Connectors");

    /// <summary>Partners keep keys for seven days at least and serialise the requests of one key.</summary>
    public UnknownOutcomePolicy PolicyForUnknownOutcome(string commandKind) => UnknownOutcomePolicy.NativeKey;

    public ChannelPace Pace() => pipeline.Pace();

    public ChannelFlow Flow() => pipeline.Flow();

    public Task<SendResult> SendAsync(CommandEnvelope command, CancellationToken cancellation) =>
        pipeline.RunAsync(limited => SendOnceAsync(command, limited, cancellation), cancellation);

    public async Task<PollResult> PollAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var answer = await http.SendAsync(() => requests.Events(cursor, limit), both.Token);
            pipeline.Apply(answer);
            return await ReadPageAsync(answer, cursor, both.Token);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            var cause = HttpAttempt.WithoutAnswer(failure, started: false);
            return new PollResult([], null, cause.Detail, Unauthorised: cause.Outcome == SendOutcome.Unauthorised);
        }
    }

    /// <summary>Reads one page as a poll would, and keeps nothing of it.</summary>
    public async Task<TestResult> TestAsync(CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeoutSeconds), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            using var answer = await http.SendAsync(() => requests.Events(null, 1), both.Token);
            var page = answer.StatusCode == HttpStatusCode.OK ? await ReadPageAsync(answer, null, both.Token) : null;
            return OpenTest.Read((int)answer.StatusCode, page, requests.BaseUrl, isPolled);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            return OpenTest.WithoutAnswer(HttpAttempt.WithoutAnswer(failure, started: false), requests.BaseUrl);
        }
    }

    private async Task<PollResult> ReadPageAsync(HttpResponseMessage answer, string? cursor, CancellationToken cancellation)
    {
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return EventPage.Read(await BoundedBody.ReadAsync(answer.Content, LongestPage, cancellation), cursor);
        }

        var unauthorised = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        return new PollResult([], null, $"The target answered {(int)answer.StatusCode} to the poll.", unauthorised,
            RetryAfter.From(answer, time.GetUtcNow()));
    }

    private async ValueTask<SendResult> SendOnceAsync(CommandEnvelope command, CancellationToken limited, CancellationToken caller)
    {
        using var span = Traces.StartActivity($"send {command.Kind}", ActivityKind.Client, command.TraceParent);
        CommandContent? content = null;
        try
        {
            using var answer = await http.SendAsync(
                () => requests.Command(command, content = OpenRequests.Content(command), span?.Id ?? command.TraceParent), limited);
            pipeline.Apply(answer);
            var body = await BoundedBody.ReadAsync(answer.Content, LongestAnswer, limited);
            return AnswerReader.Read(answer, body, time.GetUtcNow());
        }
        catch (Exception failure) when (!caller.IsCancellationRequested
            && failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return HttpAttempt.WithoutAnswer(failure, content?.Started == true);
        }
    }
}
