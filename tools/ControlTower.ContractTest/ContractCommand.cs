using System.CommandLine;
using System.CommandLine.Help;
using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel.Commands;
using ControlTower.ProgramOptions;

namespace ControlTower.ContractTest;

/// <summary>The contract test's command line.</summary>
internal static class ContractCommand
{
    public static Option<string?> Url { get; } =
        Required(NamedOption.Text("--url", "URL", "the base URL that the tower is given, e.g. https://wms.example/tower", FindUrlErrors));

    public static Option<string?> Secret { get; } = Required(NamedOption.Text(
        "--secret",
        "SECRET",
        $"the outbound secret: {WebhookSecret.Prefix} and {WebhookSecret.MinimumBytes} to {WebhookSecret.MaximumBytes} bytes in base64",
        FindSecretErrors));

    public static Option<string[]> Role { get; } =
        NamedOption.Texts("--role", "ROLE", "erp, wms, tms or billing: its commands are tried; or", FindRoleErrors);

    public static Option<string[]> Kind { get; } =
        NamedOption.Texts("--kind", "KIND", "a single command kind; may be repeated", FindKindErrors);

    public static Option<bool> Poll { get; } = NamedOption.Flag("--poll", "GET {url}/events is tried as well");

    public static Command Command { get; } = new("contract-test", """
        Tests an endpoint against the open connector, version 1.

        It sends sample commands under keys of its own (contract-test-…): run it against a test system. A system that refuses the samples
        for their content passes as long as it refuses as the contract says. Exit codes: 0 all passed, 1 something failed, 2 bad input.
        """)
    {
        Url, Secret, Role, Kind, Poll, new HelpOption(),
    };

    private static Option<string?> Required(Option<string?> option)
    {
        option.Required = true;
        return option;
    }

    private static IEnumerable<string> FindUrlErrors(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? []
            : ["--url must be an http or https address."];

    private static IEnumerable<string> FindSecretErrors(string secret) => WebhookSecret.TryParse(secret, out _)
        ? []
        : [$"--secret must be {WebhookSecret.Prefix} and {WebhookSecret.MinimumBytes} to {WebhookSecret.MaximumBytes} bytes in base64."];

    private static IEnumerable<string> FindRoleErrors(string role) =>
        SampleCommand.KindsOf(role).Count > 0 ? [] : ["--role must be erp, wms, tms or billing."];

    private static IEnumerable<string> FindKindErrors(string kind) =>
        CommandKinds.All.Contains(kind) ? [] : [$"--kind must be one of {string.Join(", ", CommandKinds.All)}."];
}
