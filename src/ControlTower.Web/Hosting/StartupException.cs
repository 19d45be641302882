using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using ControlTower.Core.Persistence.Adoption;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ControlTower.Web.Hosting;

/// <summary>
/// Bad input at start: sentences that each explain what is wrong and what to do. No stack trace is shown for it.
/// </summary>
internal sealed class StartupException(params IReadOnlyList<string> sentences) : Exception(string.Join(Environment.NewLine, sentences))
{
    public IReadOnlyList<string> Sentences { get; } = sentences;

    /// <summary>The sentences for an error that whoever started the tower can fix; null for a bug.</summary>
    public static IReadOnlyList<string>? Explain(Exception error) => error switch
    {
        StartupException known => known.Sentences,
        UnknownSchemaException schema => [schema.Message],
        OptionsValidationException options => [.. options.Failures],
        AggregateException all when all.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            [.. all.InnerExceptions.Cast<OptionsValidationException>().SelectMany(options => options.Failures).Distinct()],
        InvalidDataException masterKey => [$"Secrets:MasterKeyFile: {FirstLine(masterKey)}"],
        CryptographicException =>
            ["Secrets:MasterKeyFile: this key does not open the secrets in the database; give the file that they were sealed with."],
        DbException database =>
            [$"ConnectionStrings:ControlTower: the database does not answer ({FirstLine(database)}); check the connection string and that "
                + "the server runs."],
        IOException { InnerException: AddressInUseException } =>
            [$"Urls: the port is taken ({FirstLine(error)}); end what listens there or choose another with Urls."],
        IOException when error.Message.Contains("bind", StringComparison.OrdinalIgnoreCase) =>
            [$"Urls: {FirstLine(error)} Choose another address with Urls."],
        SocketException socket => [$"Urls: the address cannot be listened on ({FirstLine(socket)}); choose another with Urls."],
        _ => null,
    };

    private static string FirstLine(Exception error) => error.Message.Split('\n')[0].Trim();
}
