using System.Net;
using System.Net.Sockets;
using ControlTower.Launcher.Options;
using ControlTower.Testing;

namespace ControlTower.EndToEnd.Tests.Launcher;

public class LaunchCommandTests
{
    [Fact]
    public void Without_options_everything_is_left_to_the_defaults()
    {
        var (options, errors) = LaunchCommand.Parse([]);

        errors.ShouldBeEmpty();
        options.Urls.ShouldBeNull();
        (options.Orders, options.Scenario, options.Seed, options.Speed).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void Both_notations_of_a_value_are_read()
    {
        var (options, errors) = LaunchCommand.Parse(["--speed", "250000", "--scenario=lost-pod", "--data", "/tmp/somewhere"]);

        errors.ShouldBeEmpty();
        (options.Speed, options.Scenario, options.Data).ShouldBe((250000, "lost-pod", "/tmp/somewhere"));
    }

    [Theory]
    [InlineData("--colour", "--colour is not an option: see ./run --help.")]
    [InlineData("serve", "serve is not an option: see ./run --help.")]
    [InlineData("--speed", "--speed needs a value after it: see ./run --help.")]
    [InlineData("--speed=0", "--speed is '0': give a whole number from 1 to 1000000.")]
    [InlineData("--speed=1000001", "--speed is '1000001': give a whole number from 1 to 1000000.")]
    [InlineData("--speed=fast", "--speed is 'fast': give a whole number from 1 to 1000000.")]
    [InlineData("--seed=-1", "--seed is '-1': give a whole number from 0 to 2147483647.")]
    [InlineData("--no-sandbox=true", "--no-sandbox takes no value: leave it away.")]
    [InlineData("--no-sandbox=yes", "--no-sandbox takes no value: leave it away.")]
    [InlineData("--urls=ftp://x", "--urls holds 'ftp://x', which is no address of this machine: give one such as http://127.0.0.1:5080.")]
    public void An_error_is_one_sentence_with_what_to_do(string word, string sentence)
        => LaunchCommand.Parse([word]).Errors.ShouldBe([sentence]);

    [Fact]
    public void An_unknown_scenario_is_refused_with_the_known_ones()
        => LaunchCommand.Parse(["--scenario", "storm"]).Errors.Single()
            .ShouldContain("choose from everyday, calm, duplicates-and-disorder");

    [Fact]
    public void The_default_scenario_starts_with_days_behind_it_and_every_other_with_its_first_order()
        => Scenarios.All.Where(name => Scenarios.HeadStartOf(name) > TimeSpan.Zero).ShouldBe([Scenarios.Default]);

    [Fact]
    public void A_missing_orders_file_is_named()
        => LaunchCommand.Parse(["--orders", "/no/such/file.csv"]).Errors.Single()
            .ShouldStartWith("The orders file /no/such/file.csv is not there");

    [Fact]
    public void Every_error_is_reported_at_once()
        => LaunchCommand.Parse(["--speed=0", "--colour", "--seed", "x"]).Errors.Count.ShouldBe(3);

    [Theory]
    [InlineData("--speed")]
    [InlineData("--speed", "--seed", "3")]
    [InlineData("--speed", "--colour")]
    [InlineData("--speed=")]
    public void An_option_without_its_value_is_one_sentence(params string[] words)
        => LaunchCommand.Parse(words).Errors.ShouldBe(["--speed needs a value after it: see ./run --help."]);

    [Fact]
    public void The_help_that_is_printed_before_the_build_is_made_of_the_options()
        => File.ReadAllText(Path.Combine(Repository.Root, "tools", "ControlTower.Launcher", "usage.txt")).ShouldBe(UsageText.Make());

    [Fact]
    public void Help_wins_over_every_error() => LaunchCommand.Parse(["--speed=0", "-h"]).Options.Help.ShouldBeTrue();

    [Fact]
    public void An_option_given_twice_is_refused()
        => LaunchCommand.Parse(["--seed=1", "--seed=2"]).Errors.ShouldBe(["--seed is given twice: keep one of them."]);

    [Fact]
    public void An_option_of_the_sandbox_is_refused_without_it()
        => LaunchCommand.Parse(["--no-sandbox", "--speed", "60"]).Errors.Single().ShouldStartWith("--speed is the sandbox's");

    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080")]
    [InlineData("http://*:80", "http://127.0.0.1:80")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080")]
    public void An_address_is_shown_as_it_is_reached_from_this_machine(string url, string local)
        => TowerAddress.Parse(url)!.Local.ShouldBe(local);

    [Fact]
    public void A_taken_port_is_found_before_anything_is_started()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        TowerAddress.Parse($"http://127.0.0.1:{port}")!.WhyNotFree().ShouldBe(
            $"Port {port} of 127.0.0.1 is taken: end what listens there, or choose another with --urls.");
    }

    [Fact]
    public void Port_0_becomes_a_free_one_that_the_tower_can_listen_at_and_no_other_process_gets()
    {
        using var urls = new ChosenUrls("http://127.0.0.1:0");
        var address = TowerAddress.Parse(urls.Text)!;
        address.Port.ShouldBeGreaterThan(0);

        address.WhyNotFree().ShouldBeNull();
        Should.Throw<SocketException>(() => BindAlone(address.Port));
        urls.Dispose();

        Should.NotThrow(() => BindAlone(address.Port));
    }

    // As the system looks for a port to give: not shared with who has bound it already. A socket that .NET knows to be TCP always shares.
    private static void BindAlone(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
    }
}
