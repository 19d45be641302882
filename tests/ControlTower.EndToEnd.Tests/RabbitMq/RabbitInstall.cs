namespace ControlTower.EndToEnd.Tests.RabbitMq;

/// <summary>The RabbitMQ of this machine, as eng/rabbitmq/prepare installs it.</summary>
public static class RabbitInstall
{
    public const string Programs = "/usr/lib/rabbitmq/bin";

    /// <summary>The sentence a skipped test shows.</summary>
    public const string SkipReason = "Needs RabbitMQ 3.10: run ./test as root on Debian 12, or eng/rabbitmq/prepare once.";

    /// <summary>For <c>[Fact(SkipUnless = …)]</c>.</summary>
    public static bool IsThere => File.Exists(Path.Combine(Programs, "rabbitmq-server")) && File.Exists("/usr/bin/epmd");
}
