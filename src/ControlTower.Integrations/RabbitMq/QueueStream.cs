using ControlTower.Core.Connectors.Streaming;

namespace ControlTower.Integrations.RabbitMq;

/// <summary>Takes facts from all queues of a connector over one connection; when one of them fails, all of it is opened again.</summary>
internal sealed class QueueStream(Broker broker) : IFactStream
{
    public async Task RunAsync(IFactIntake intake, CancellationToken stopping)
    {
        await using var connection = await broker.ConnectAsync("facts", stopping);
        var consumers = new List<QueueConsumer>();
        try
        {
            foreach (var queue in broker.Settings.Queues)
            {
                consumers.Add(await QueueConsumer.StartAsync(connection, queue, broker.Settings, stopping));
            }

            intake.Current();
            await RunAllAsync(consumers, intake, stopping);
        }
        finally
        {
            foreach (var consumer in consumers)
            {
                await consumer.DisposeAsync();
            }
        }
    }

    /// <summary>The first that fails stops the others, after the messages they are storing are acknowledged.</summary>
    private static async Task RunAllAsync(List<QueueConsumer> consumers, IFactIntake intake, CancellationToken stopping)
    {
        using var first = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var running = consumers.ConvertAll(consumer => consumer.RunAsync(intake, first.Token));
        var ended = await Task.WhenAny(running);
        await first.CancelAsync();
        try
        {
            await Task.WhenAll(running);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // The one that ended first has the cause.
            await ended;
        }
    }
}
