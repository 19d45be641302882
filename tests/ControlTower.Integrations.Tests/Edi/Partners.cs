using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ControlTower.Core.Cases;
using ControlTower.Core.Connectors;
using ControlTower.Core.Connectors.Codes;
using ControlTower.Core.Connectors.Translating;
using ControlTower.Core.Facts;
using ControlTower.Core.Inbox;
using ControlTower.Core.Kernel;
using ControlTower.Core.Kernel.Topology;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Exchange;
using ControlTower.Integrations.Edi.Partners;
using ControlTower.Integrations.Files;
using ControlTower.Testing;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>A partner with its folder, its reader and its channel, and the facts that the engine would map.</summary>
internal sealed class EdiPartner : IDisposable, IInterchangeRegister, IMissingAnswerCases
{
    private readonly Dictionary<string, byte[]> _register = new(StringComparer.Ordinal);
    private static readonly EdiTranslator Translator = new();

    public EdiPartner(string role = Roles.Wms, string settings = "{}", Action<string>? beforeStep = null)
    {
        Role = role;
        Settings = (JsonObject)JsonNode.Parse(settings)!;
        Settings["folder"] ??= "p";
        Settings["ourId"] ??= "TOWER";
        Settings["partnerId"] ??= "PARTNER";
        Settings["stableSeconds"] ??= 0;
        Settings["legalEntity"] ??= "1000";
        Settings["site"] ??= "WH1";
        Settings["currency"] ??= "USD";
        Profile = PartnerProfile.Parse(JsonSerializer.SerializeToElement(Settings));
        BeforeStep = beforeStep;
        Open();
    }

    public string Role { get; }

    public JsonObject Settings { get; }

    public PartnerProfile Profile { get; }

    public Action<string>? BeforeStep { get; set; }

    public ManualTime Time { get; } = new();

    public string Root { get; } = Directory.CreateTempSubdirectory("edi-").FullName;

    public DropFolder Folder { get; private set; } = null!;

    public ControlNumbers Numbers { get; private set; } = null!;

    public EdiChannel Channel { get; private set; } = null!;

    /// <summary>Opens the channel as a new process does: with nothing but the folder.</summary>
    public void Open()
    {
        Folder = new DropFolder(Root, new DropFolderRules(TimeSpan.FromSeconds(Profile.StableSeconds), Profile.TemporarySuffixes),
            Time) { BeforeStep = step => BeforeStep?.Invoke(step) };
        Folder.Ensure();
        Numbers = new ControlNumbers(Path.Combine(Folder.State, "control-numbers"), Profile.FirstControlNumber, Time);
        var answers = new AwaitedAnswers(Path.Combine(Folder.State, "awaited"), Time);
        Channel = new EdiChannel(
            new EdiReader("partner", Profile, Folder, Numbers, answers, this, 1024 * 1024), Profile, Folder, Numbers, answers,
            new AcknowledgementMonitor("partner", Profile, answers, this, Time));
    }

    public void Drop(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder.In, name), bytes);

    /// <summary>Polls until no event comes; commits each page as the tower does.</summary>
    public async Task<List<JsonElement>> PollAllAsync(string? cursor = null, int limit = 500)
    {
        var events = new List<JsonElement>();
        while (true)
        {
            var page = await Channel.PollAsync(cursor, limit, TestContext.Current.CancellationToken);
            page.Error.ShouldBeNull();
            events.AddRange(page.Events.Select(Commit));
            if (page.Events.Count == 0)
            {
                return events;
            }

            cursor = page.Next;
        }
    }

    public JsonElement Commit(byte[] item)
    {
        var json = JsonElement.Parse(item);
        if (json.GetProperty("type").GetString() == EdiEvent.Interchange)
        {
            var stored = Incoming(item);
            _register[Convert.ToHexString(stored.DedupeKey)] = stored.ContentHash;
        }

        return json;
    }

    public Task<InterchangeStatus> FindStatusAsync(string connector, byte[] record, CancellationToken cancellation)
    {
        var incoming = Incoming(record);
        return Task.FromResult(!_register.TryGetValue(Convert.ToHexString(incoming.DedupeKey), out var content) ? InterchangeStatus.New
            : content.AsSpan().SequenceEqual(incoming.ContentHash) ? InterchangeStatus.Known
            : InterchangeStatus.Reused);
    }

    /// <summary>The documents that the partner has not acknowledged, as reported last.</summary>
    public IReadOnlyList<MissingAnswer> Missing { get; private set; } = [];

    public Task FollowAsync(string connector, string keyPrefix, IReadOnlyList<MissingAnswer> missing, CancellationToken cancellation)
    {
        Missing = missing;
        return Task.CompletedTask;
    }

    public string[] Files(string folder) => [.. Directory.GetFiles(Path.Combine(Root, folder)).Select(path => Path.GetFileName(path)!)
        .Order(StringComparer.Ordinal)];

    public string Text(string folder, string name) => Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Root, folder, name)));

    /// <summary>Maps an event as the engine does: to a fact, or to the reason why there is none.</summary>
    public MapResult Map(JsonElement item)
    {
        var connector = new ConnectorProfile("partner", EdiConnectorKind.Name, Role, [], [], [],
            false) { Settings = JsonSerializer.SerializeToElement(Settings) };
        var errors = new MappingErrors();
        var codes = new CodeMap(CodeSeeds.Read(typeof(EdiConnectorKind), "edi-codes.csv")
            .Select(s => new CodeEntry(EdiConnectorKind.Name, null, s.Scheme, s.Version, s.Code, s.Meaning, true)));
        var result = Translator.Translate(new TranslateContext(
            connector, new FieldReader(item, "", errors), codes.For(connector), Time.GetUtcNow(), SystemTopology.Empty, errors));
        return (errors.First ?? result.Refusal) is { } refusal ? MapResult.Refused(refusal)
            : result.Ignored is { } why ? MapResult.OfNoInterest(why)
            : FactMapper.Map(connector, result.Event!, Time.GetUtcNow(), SystemTopology.Empty);
    }

    /// <summary>The facts of the documents of one interchange.</summary>
    public async Task<List<MapResult>> MapAsync(byte[] interchange)
    {
        Drop("it.edi", interchange);
        return [.. (await PollAllAsync()).Where(item => item.GetProperty("type").GetString() != EdiEvent.Interchange).Select(Map)];
    }

    private static IncomingEvent Incoming(byte[] item) =>
        IncomingEvent.Read(item, null, out var error) ?? throw new InvalidOperationException(error);

    public void Dispose()
    {
        Channel.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
