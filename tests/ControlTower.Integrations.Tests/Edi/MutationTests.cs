using System.Buffers;
using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using ControlTower.Core.Facts;
using ControlTower.Core.Kernel;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>
/// Ten thousand interchanges that were damaged: each ends in data or in a refusal with a reason. None crashes or hangs
/// the reader, and strict validation accepts no incomplete set. The seed is printed; CONTROLTOWER_SEED repeats it.
/// </summary>
public class MutationTests(ITestOutputHelper output)
{
    private const int Count = 10_000;

    /// <summary>
    /// Megabytes in a second of one processor, checked with CONTROLTOWER_LONG=1 only: a rate means nothing on a shared
    /// machine. A debug build runs at a tenth of the speed.
    /// </summary>
    private static double Least { get; } = Environment.GetEnvironmentVariable("CONTROLTOWER_LONG") != "1" ? 0
        : typeof(X12Validator).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true } ? 2 : 20;

    [Fact]
    public void Ten_thousand_mutated_interchanges_end_in_data_or_in_a_refusal()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CONTROLTOWER_SEED"), out var parsed) ? parsed : 20261121;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var sources = Sources();
        using var partner = new EdiPartner(ControlTower.Core.Kernel.Roles.Carrier);
        var (taken, refused, messages) = (0, 0, 0);
        for (var i = 0; i < Count; i++)
        {
            var bytes = Mutations.From(sources[random.Next(sources.Count)], random);
            foreach (var strict in (bool[])[true, false])
            {
                foreach (var result in Validate(bytes, strict))
                {
                    Check(result, bytes, strict, i, partner);
                    taken += result.AcceptedSets().Any() ? 1 : 0;
                    refused += result.Accepted ? 0 : 1;
                }

                foreach (var result in EdifactValidator.Validate(new MemoryStream(bytes), new EdifactRules { Strict = strict }))
                {
                    Check(result, bytes, i, partner);
                    messages += result.AcceptedMessages().Count();
                }
            }
        }

        output.WriteLine(
            $"{taken} interchanges of X12 and {messages} messages of EDIFACT gave data, {refused} interchanges were refused as X12");
        taken.ShouldBeGreaterThan(1000);
        refused.ShouldBeGreaterThan(1000);
        messages.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("whole")]
    [InlineData("cut")]
    [InlineData("wrong-count")]
    [InlineData("no-terminators")]
    public void Fifty_megabytes_end_the_same_way(string what)
    {
        var (result, speed) = ValidateLarge(what);
        for (var again = 0; again < 3 && speed < Least; again++)
        {
            // The code is compiled for speed only after it has run for a while.
            (result, speed) = ValidateLarge(what);
        }

        output.WriteLine($"{what}: {speed:0} MB/s; {string.Join(" ", result.Sentences().Take(2))}");
        result.AcceptedSets().Any().ShouldBe(what == "whole");
        result.Codes().Any().ShouldBe(what != "whole");
        speed.ShouldBeGreaterThan(Least, "megabytes in a second of one processor");
    }

    private static (X12InterchangeResult Result, double Speed) ValidateLarge(string what)
    {
        using var stream = new LargeInterchange(50 * 1024 * 1024, what);
        var before = ThreadTime.Spent();
        var result = X12Validator.Validate(stream, X12Rules.AnyStrict)[0];
        return (result, stream.Length / 1048576.0 / Math.Max((ThreadTime.Spent() - before).TotalSeconds, 0.01));
    }

    /// <summary>
    /// A set that strict validation accepts is complete; a refused one has a reason; every readable interchange can be
    /// answered.
    /// </summary>
    private static void Check(X12InterchangeResult result, byte[] bytes, bool strict, int number, EdiPartner partner)
    {
        if (!result.AcceptedSets().Any())
        {
            (result.Sentences().Any() || result.Groups.TrueForAll(group => group.Sets.Count == 0))
                .ShouldBeTrue($"number {number} was refused without a reason");
        }

        foreach (var (group, set) in result.AcceptedSets())
        {
            var read = X12Set.Read(bytes.AsMemory((int)set.Offset, set.Length), result.Delimiters);
            read.Lines.Count.ShouldBe(set.Segments - 2, $"number {number}");
            foreach (var (aspect, lines) in SetSplitter.Split(read))
            {
                var item = new EdiEvent { Set = set.Id, Version = group.Version, Aspect = aspect, Lines = lines }.Write("urn:x12", 0);
                IsDataOrRefusal(partner, item, number);
            }

            if (strict)
            {
                set.Errors.ShouldBeEmpty();
                read.Root.Flat().Count().ShouldBe(read.Lines.Count);
            }
        }

        var answer = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(answer, X12Delimiters.Usual);
        writer.BeginInterchange(Header);
        Acknowledgement.Write997(writer, result, "TOWER", "PARTNER", new DateTime(2026, 11, 21), "1", "004010");
        writer.EndInterchange();
        writer.Error.ShouldBeNull($"number {number}");
    }

    /// <summary>
    /// The same for EDIFACT: accepted messages are complete, refused ones have a reason, and what can be answered is
    /// answered in a form that strict validation accepts.
    /// </summary>
    private static void Check(EdifactInterchangeResult result, byte[] bytes, int number, EdiPartner partner)
    {
        (result.AcceptedMessages().Any() || result.Sentences().Any() || result.Messages.Count == 0)
            .ShouldBeTrue($"number {number} was refused without a reason");
        foreach (var message in result.AcceptedMessages())
        {
            var segments = EdifactValidator.Read(bytes.AsMemory((int)message.Offset, message.Length), result.Delimiters);
            segments.Count.ShouldBe(message.Segments - 2, $"number {number}");
            foreach (var (aspect, lines) in TransportStatus.Split(message.Type, [.. segments.Select(EdifactLines.Line)]))
            {
                IsDataOrRefusal(partner, new EdiEvent { Set = message.Type, Version = message.Version, Aspect = aspect,
                    Lines = lines }.Write("urn:edifact", 0), number);
            }
        }

        if (Control.Needs(result))
        {
            var answer = Control.Write(result, 1, new DateTime(2026, 11, 21), lineBreaks: false);
            EdifactValidator.Validate(new MemoryStream(answer), new EdifactRules { Messages = ["CONTRL"] }).ShouldHaveSingleItem()
                .Sentences().ShouldBeEmpty($"number {number}");
        }
    }

    private static void IsDataOrRefusal(EdiPartner partner, byte[] item, int number)
    {
        var mapped = partner.Map(JsonElement.Parse(item));
        (mapped.Fact is not null || mapped.Ignored is not null || mapped.Refusal!.Message.Length > 0).ShouldBeTrue($"number {number}");
    }

    private static List<byte[]> Sources()
    {
        var sources = new List<byte[]>
        {
            From("PO", Order850, Order850, Order850),
            From(new X12Delimiters((byte)'|', (byte)'<', (byte)'\n'), false, Header, ("QM", "004030", [Status214, Status214]),
                ("GF", "004010", [Response990])),
            From(X12Delimiters.Usual, false, Header, ("GF", "004010", [Response990]), ("PO", "004010", [Order850])),
            Encoding.ASCII.GetBytes(Desadv),
            Encoding.ASCII.GetBytes(Iftsta),
        };
        if (SharedFiles.AreThere)
        {
            sources.AddRange(SharedFiles.Names.Select(SharedFiles.Read));
        }

        return sources;
    }
}
