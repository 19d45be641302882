using ControlTower.ProgramOptions;

namespace ControlTower.Launcher.Options;

/// <summary>
/// What <c>--help</c> prints. <c>./run --help</c> prints it from <c>usage.txt</c>, before anything is built; a test
/// compares them.
/// </summary>
public static class UsageText
{
    private const string Beginning = """
        Usage: ./run [options]

        Starts Control Tower: its own PostgreSQL cluster (unless ConnectionStrings__ControlTower names a server), the sandbox
        landscape and the tower. Ctrl-C ends all of it; the data stays, and the next start continues there.


        """;

    private const string Ending = """

        A data folder remembers its order book, scenario, seed and speed: a later start without options continues with them.

        Environment (any setting of docs/configuration.md; the command line comes first, then the environment, then the default):
          ConnectionStrings__ControlTower   a database server of your own, instead of the private cluster
          Database__Provider                PostgreSQL (default) or SqlServer; SqlServer needs the connection string
          Urls                              where the tower serves, without --urls
          Secrets__MasterKeyFile            default DIR/master.key
          Logs__Folder                      the tower's own logs; default DIR/logs
          Connectors__Edi__Root             folders of EDI partners; default DIR/partners
          Connectors__AllowedHosts__0, …    with the sandbox 127.0.0.1 is added behind yours
          Clock__File                       default DIR/clock.json, the sandbox's clock
          Sandbox__ShowAccounts             default true with the sandbox: the sign-in page lists the demo accounts
          DOTNET_gcServer                   default 0

        Exit codes: 0 ended as asked, 2 bad input, 1 anything else.

        """;

    public static string Make() => Beginning + HelpText.Table(LaunchCommand.Command) + Ending;
}
