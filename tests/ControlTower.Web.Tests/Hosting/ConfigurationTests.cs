using ControlTower.Web.Hosting;
using Microsoft.Extensions.Configuration;

namespace ControlTower.Web.Tests.Hosting;

public sealed class ConfigurationTests
{
    private static readonly Dictionary<string, string?> Right =
        new() { ["ConnectionStrings:ControlTower"] = "Host=127.0.0.1;Database=tower" };

    [Fact]
    public void A_valid_configuration_has_no_error() => Faults([]).ShouldBeEmpty();

    [Fact]
    public void Every_error_is_reported_at_once_with_its_key()
    {
        var faults = Faults(new()
        {
            ["Database:Provider"] = "Oracle",
            ["ConnectionStrings:ControlTower"] = "",
            ["Urls"] = "tcp:/nowhere",
            ["Engine:BatchSize"] = "5001",
            ["Outbox:LeaseSeconds"] = "soon",
            ["Outbox:Enabled"] = "maybe",
            ["OpenTelemetry:Endpoint"] = "collector",
            ["Proxies:Known"] = "10.0.0.5;everybody",
        });
        string[] keys =
        [
            "Database:Provider", "ConnectionStrings:ControlTower", "Urls", "Engine:BatchSize", "Outbox:LeaseSeconds",
            "Outbox:Enabled", "OpenTelemetry:Endpoint", "Proxies:Known",
        ];
        faults.Select(fault => fault[..fault.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe(keys, ignoreOrder: true);
    }

    [Theory]
    [InlineData("PostgreSQL", "Hots=127.0.0.1")]
    [InlineData("SqlServer", "nonsense")]
    [InlineData("SqlServer", "Server=db;Hots=127.0.0.1")]
    public void A_connection_string_of_another_provider_is_an_error(string provider, string connection) =>
        Faults(new() { ["Database:Provider"] = provider, ["ConnectionStrings:ControlTower"] = connection })
            .ShouldHaveSingleItem().ShouldContain(provider);

    [Theory]
    [InlineData("{}", "speed 0")]
    [InlineData("{\"businessStart\":\"2026-01-05T00:00:00Z\",\"systemStart\":\"2026-01-05T00:00:00Z\",\"speed\":-1}", "speed -1")]
    [InlineData("speed", "not the JSON")]
    public void An_invalid_clock_is_an_error(string text, string said)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        Faults(new() { ["Clock:File"] = file }).ShouldHaveSingleItem().ShouldContain(said);
        File.Delete(file);
    }

    [Fact]
    public void A_master_key_that_others_can_read_is_an_error()
    {
        var file = Path.GetTempFileName();
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Faults(new() { ["Secrets:MasterKeyFile"] = file }).ShouldHaveSingleItem().ShouldContain("chmod 600");
        File.Delete(file);
    }

    [Fact]
    public async Task An_unknown_command_or_option_is_one_sentence_and_exit_code_2()
    {
        string[][] wrong = [["dance"], ["setup", "--landscpae", "x"], ["setup", "--landscape"], ["print-api-key", "King"]];
        foreach (var args in wrong)
        {
            var errors = new StringWriter();
            (await CommandLineCommands.RunAsync(args, TextWriter.Null, errors)).ShouldBe(2);
            errors.ToString().Trim().Split('\n').ShouldHaveSingleItem().ShouldNotContain("   at ");
        }
    }

    [Theory]
    [InlineData("'dance' is not something the tower can do: serve, setup, migrate, rebuild or print-api-key ROLE.", "dance")]
    [InlineData("'--landscpae' is not an option here; known are --landscape, --credentials.", "setup", "--landscpae", "x")]
    [InlineData("'--fast' is not an option here.", "migrate", "--fast")]
    [InlineData("--landscape: name a value after it.", "setup", "--landscape")]
    [InlineData("--from is given twice; keep one of them.", "rebuild", "--from", "2026-01-05", "--from", "2026-01-06")]
    [InlineData("--repair: write yes after it to set right what differs.", "rebuild", "--repair", "no")]
    [InlineData("print-api-key: name the key's role: Administrator, IntegrationOperator, Auditor.", "print-api-key")]
    public async Task A_wrong_word_of_the_command_line_is_named_with_what_to_do(string sentence, params string[] words)
    {
        var errors = new StringWriter();

        (await CommandLineCommands.RunAsync(words, TextWriter.Null, errors)).ShouldBe(2);

        errors.ToString().Trim().ShouldBe(sentence);
    }

    [Fact]
    public async Task The_help_lists_the_commands()
    {
        var output = new StringWriter();

        (await CommandLineCommands.RunAsync(["--help"], output, TextWriter.Null)).ShouldBe(0);

        foreach (var command in (string[])["serve", "setup", "migrate", "rebuild", "print-api-key"])
        {
            output.ToString().ShouldContain(command);
        }
    }

    [Theory]
    [InlineData(
        "Engine:BatchSize", "5001",
        "Engine:BatchSize: '5001' is not a whole number from 1 to 5000; set one, or leave it out for the default.")]
    [InlineData(
        "Outbox:LeaseSeconds", "soon",
        "Outbox:LeaseSeconds: 'soon' is not a whole number from 5 to 600; set one, or leave it out for the default.")]
    [InlineData("Outbox:Enabled", "maybe", "Outbox:Enabled: 'maybe' is not true or false; set one, or leave it out for the default.")]
    [InlineData(
        "Database:Provider", "7",
        "Database:Provider: '7' is not one of PostgreSQL, SqlServer; set one, or leave it out for the default.")]
    [InlineData(
        "OpenTelemetry:Protocol", "smoke",
        "OpenTelemetry:Protocol: 'smoke' is not one of grpc, http; set one, or leave it out for the default.")]
    [InlineData(
        "Connectors:AllowedHosts", "erp",
        "Connectors:AllowedHosts: 'erp' is one value where several can be; write it as Connectors:AllowedHosts:0.")]
    [InlineData(
        "Housekeeping:PayloadDaysOf:create-invoice", "1",
        "Housekeeping:PayloadDaysOf:create-invoice: '1' is not a whole number from 7 to 36500; set one, or leave it out for the default.")]
    [InlineData(
        "Connectors:Pipeline:TimeoutSeconds", "15",
        "Connectors:Pipeline:TimeoutSeconds: '15' is not below half of Outbox:LeaseSeconds, which is 30; lower it, or raise the lease.")]
    public void A_wrong_value_is_one_sentence_with_its_key_and_what_is_allowed(string key, string value, string sentence) =>
        Faults(new() { [key] = value }).ShouldBe([sentence]);

    private static IReadOnlyList<string> Faults(Dictionary<string, string?> wrong) =>
        Record.Exception(() => TowerHost.Build([], builder =>
            builder.Configuration.AddInMemoryCollection(Right).AddInMemoryCollection(wrong))) is { } error
            ? StartupException.Explain(error).ShouldNotBeNull()
            : [];
}
