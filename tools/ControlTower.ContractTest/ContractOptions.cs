using ControlTower.Core.Connectors;
using ControlTower.Core.Kernel.Commands;


namespace ControlTower.ContractTest;

/// <summary>What the contract test is told on its command line.</summary>
internal sealed record ContractOptions(string Url, byte[] Key, IReadOnlyList<string> Kinds, bool Poll)
{
    public const string Help = """
        Tests an endpoint against the open connector, version 1.

          --url URL        the base URL that the tower would be given, e.g. https://wms.example/tower
          --secret SECRET  the outbound secret: whsec_ and 24 to 64 bytes in base64
          --role ROLE      erp, wms, tms or billing: its commands are tried; or
          --kind KIND      a single command kind; may be repeated
          --poll           GET {url}/events is tried as well

        It sends sample commands under keys of its own (contract-test-…): run it against a test system. A system that refuses the samples
        for their content passes as long as it refuses as the contract says. Exit codes: 0 all passed, 1 something failed, 2 bad input.
        """;

    /// <summary>The options, or null and every error at once.</summary>
    public static ContractOptions? Parse(string[] args, out List<string> errors)
    {
        errors = [];
        string? url = null, secret = null;
        var kinds = new List<string>();
        var poll = false;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--poll": poll = true; break;
                case "--url": url = Next(args, ref i); break;
                case "--secret": secret = Next(args, ref i); break;
                case "--role": AddRole(Next(args, ref i), kinds, errors); break;
                case "--kind": AddKind(Next(args, ref i), kinds, errors); break;
                default: errors.Add($"{args[i]} is not an option; see --help."); break;
            }
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            errors.Add("--url must be an http or https address.");
        }

        if (!WebhookSecret.TryParse(secret, out var key))
        {
            errors.Add($"--secret must be {WebhookSecret.Prefix} and {WebhookSecret.MinimumBytes} to {WebhookSecret.MaximumBytes} bytes in base64.");
        }

        if (kinds.Count == 0 && !poll && errors.Count == 0)
        {
            errors.Add("Say what to try: --role, --kind or --poll.");
        }

        return errors.Count == 0 ? new ContractOptions(url!.TrimEnd('/'), key, kinds, poll) : null;
    }

    private static string? Next(string[] args, ref int index) => index + 1 < args.Length ? args[++index] : null;

    private static void AddRole(string? role, List<string> kinds, List<string> errors)
    {
        var own = SampleCommand.KindsOf(role);
        kinds.AddRange(own);
        if (own.Count == 0)
        {
            errors.Add("--role must be erp, wms, tms or billing.");
        }
    }

    private static void AddKind(string? kind, List<string> kinds, List<string> errors)
    {
        if (kind is null || !CommandKinds.All.Contains(kind))
        {
            errors.Add($"--kind must be one of {string.Join(", ", CommandKinds.All)}.");
            return;
        }

        kinds.Add(kind);
    }
}
