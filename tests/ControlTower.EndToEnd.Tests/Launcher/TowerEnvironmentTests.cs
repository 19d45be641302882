using ControlTower.Launcher;
using ControlTower.Launcher.Files;
using ControlTower.Launcher.Options;
using ControlTower.Launcher.Run;

namespace ControlTower.EndToEnd.Tests.Launcher;

/// <summary>Precedence of a run's settings: command line, environment, default.</summary>
public sealed class TowerEnvironmentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Urls", "http://127.0.0.1:6001")]
    [InlineData("ConnectionStrings__ControlTower", "Host=db.example")]
    [InlineData("Secrets__MasterKeyFile", "/etc/tower/master.key")]
    [InlineData("Logs__Folder", "/var/log/tower")]
    [InlineData("Connectors__Edi__Root", "/srv/partners")]
    [InlineData("Connectors__AllowedHosts__0", "erp.example")]
    [InlineData("Clock__File", "/srv/clock.json")]
    [InlineData("DOTNET_gcServer", "1")]
    [InlineData("Sandbox__ShowAccounts", "false")]
    [InlineData("connectors__edi__root", "/srv/partners")]
    public void A_variable_that_the_user_set_keeps_its_value(string name, string value)
    {
        File.WriteAllText(_folder.File("clock.json"), "{}");

        Seen(new LaunchOptions(), (name, value)).Where(variable => string.Equals(variable.Key, name, StringComparison.OrdinalIgnoreCase))
            .ShouldHaveSingleItem("a second spelling would decide by chance").Value.ShouldBe(value);
    }

    [Fact]
    public void The_provider_that_the_user_set_is_kept_with_their_server()
    {
        var seen = Seen(new LaunchOptions(), ("ConnectionStrings__ControlTower", "Server=sql"), ("Database__Provider", "SqlServer"));

        (seen["Database__Provider"], seen["ConnectionStrings__ControlTower"]).ShouldBe(("SqlServer", "Server=sql"));
    }

    [Fact]
    public void A_provider_without_a_server_is_refused_instead_of_replaced()
        => Should.Throw<LaunchException>(() => Seen(new LaunchOptions(), ("Database__Provider", "SqlServer")))
            .Message.ShouldStartWith("Database__Provider is SqlServer, but ConnectionStrings__ControlTower is not set");

    [Fact]
    public void The_command_line_comes_before_the_environment()
        => Seen(new LaunchOptions { Urls = "http://127.0.0.1:6002" },
            ("Urls", "http://127.0.0.1:6001"))["Urls"].ShouldBe("http://127.0.0.1:6002");

    [Fact]
    public void The_addresses_of_ASP_NET_Core_are_used()
        => Seen(new LaunchOptions(), ("ASPNETCORE_URLS", "http://127.0.0.1:6003"))["Urls"].ShouldBe("http://127.0.0.1:6003");

    [Fact]
    public void An_invalid_address_in_the_environment_is_named_with_its_variable()
        => Should.Throw<LaunchException>(() => Seen(new LaunchOptions(), ("Urls", "ftp://x"))).Message
            .ShouldBe(
                "The environment variable Urls holds 'ftp://x', which is no address of this machine: give one such as "
                    + "http://127.0.0.1:5080.");

    [Fact]
    public void The_sandboxs_host_is_added_after_the_users_hosts()
        => Seen(new LaunchOptions(), ("Connectors__AllowedHosts__0", "a.example"), ("Connectors__AllowedHosts__1", "b.example"))
            ["Connectors__AllowedHosts__2"].ShouldBe("127.0.0.1");

    [Fact]
    public void Without_the_sandbox_no_host_is_added()
        => Seen(new LaunchOptions { NoSandbox = true }).Keys.ShouldNotContain("Connectors__AllowedHosts__0");

    [Fact]
    public void Only_with_the_sandbox_does_the_sign_in_page_list_the_demo_accounts()
    {
        Seen(new LaunchOptions())["Sandbox__ShowAccounts"].ShouldBe("true");
        Seen(new LaunchOptions { NoSandbox = true }).Keys.ShouldNotContain("Sandbox__ShowAccounts");
    }

    [Fact]
    public void Without_variables_the_defaults_of_the_data_folder_apply()
    {
        File.WriteAllText(_folder.File("clock.json"), "{}");

        var seen = Seen(new LaunchOptions(), ("Logs__Folder", ""));

        seen["Urls"].ShouldBe("http://127.0.0.1:5080");
        seen["Secrets__MasterKeyFile"].ShouldBe(_folder.File("master.key"));
        seen["Logs__Folder"].ShouldBe(_folder.File("logs"));
        seen["Connectors__Edi__Root"].ShouldBe(_folder.File("partners"));
        seen["Connectors__AllowedHosts__0"].ShouldBe("127.0.0.1");
        seen["Clock__File"].ShouldBe(_folder.File("clock.json"));
        (seen["Database__Provider"], seen["DOTNET_gcServer"]).ShouldBe(("PostgreSQL", "0"));
    }

    /// <summary>The environment as the tower's process sees it.</summary>
    private Dictionary<string, string> Seen(LaunchOptions options, params (string Name, string Value)[] set)
    {
        var seen = set.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        var inherited = new InheritedEnvironment(seen.ToDictionary());
        var data = new DataFolder(_folder.Path);
        var database = DatabaseTarget.Running(data, inherited) ?? new DatabaseTarget("PostgreSQL", "Host=own", Own: null);
        foreach (var (name, value) in TowerEnvironment.For(ServedUrls.Complete(options, inherited), data, database, inherited))
        {
            seen[name] = value;
        }

        return seen;
    }
}
