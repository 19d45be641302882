using System.Buffers;
using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using ControlTower.Integrations.Edi.Documents;
using ControlTower.Integrations.Edi.Edifact;
using ControlTower.Integrations.Edi.X12;
using static ControlTower.Integrations.Tests.Edi.Interchanges;

namespace ControlTower.Integrations.Tests.Edi;

/// <summary>
/// Ten thousand interchanges that something happened to on their way: each ends in data or in a refusal that says why. None crashes or hangs the reader, and strict takes
/// no set that is not whole. The seed is printed; CONTROLTOWER_SEED repeats it.
/// </summary>
public class MutationTests(ITestOutputHelper output)
{
    private const int Count = 10_000;

    /// <summary>Megabytes in a second of one processor, asked for with CONTROLTOWER_LONG=1: a rate is no matter for a machine that is shared. What is built for debugging runs at a tenth of the speed.</summary>
    private static double Least { get; } = Environment.GetEnvironmentVariable("CONTROLTOWER_LONG") != "1" ? 0
        : typeof(X12Judge).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true } ? 2 : 20;

    [Fact]
    public void Ten_thousand_mutated_interchanges_end_in_data_or_in_a_refusal()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CONTROLTOWER_SEED"), out var given) ? given : 20261121;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var sources = Sources();
        using var partner = new EdiPartner(ControlTower.Core.Canonical.Roles.Carrier);
        var (taken, refused, messages) = (0, 0, 0);
        for (var i = 0; i < Count; i++)
        {
            var bytes = Mutations.Of(sources[random.Next(sources.Count)], random);
            foreach (var strict in (bool[])[true, false])
            {
                foreach (var verdict in Judge(bytes, strict))
                {
                    Check(verdict, bytes, strict, i, partner);
                    taken += verdict.AcceptedSets().Any() ? 1 : 0;
                    refused += verdict.Accepted ? 0 : 1;
                }

                foreach (var verdict in EdifactJudge.Judge(new MemoryStream(bytes), new EdifactRules { Strict = strict }))
                {
                    Check(verdict, bytes, i, partner);
                    messages += verdict.AcceptedMessages().Count();
                }
            }
        }

        output.WriteLine($"{taken} interchanges of X12 and {messages} messages of EDIFACT gave data, {refused} interchanges were refused as X12");
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
        var (verdict, speed) = JudgeLarge(what);
        for (var again = 0; again < 3 && speed < Least; again++)
        {
            // It is compiled for speed only after it has run for a while.
            (verdict, speed) = JudgeLarge(what);
        }

        output.WriteLine($"{what}: {speed:0} MB/s; {string.Join(" ", verdict.Sentences().Take(2))}");
        verdict.AcceptedSets().Any().ShouldBe(what == "whole");
        verdict.Codes().Any().ShouldBe(what != "whole");
        speed.ShouldBeGreaterThan(Least, "megabytes in a second of one processor");
    }

    private static (X12InterchangeVerdict Verdict, double Speed) JudgeLarge(string what)
    {
        using var stream = new LargeInterchange(50 * 1024 * 1024, what);
        var before = ThreadTime.Spent();
        var verdict = X12Judge.Judge(stream, X12Rules.AnyStrict)[0];
        return (verdict, stream.Length / 1048576.0 / Math.Max((ThreadTime.Spent() - before).TotalSeconds, 0.01));
    }

    /// <summary>A set that strict takes is whole; one that is refused says why; and every readable interchange can be answered.</summary>
    private static void Check(X12InterchangeVerdict verdict, byte[] bytes, bool strict, int number, EdiPartner partner)
    {
        if (!verdict.AcceptedSets().Any())
        {
            (verdict.Sentences().Any() || verdict.Groups.TrueForAll(group => group.Sets.Count == 0)).ShouldBeTrue($"number {number} was refused without a reason");
        }

        foreach (var (group, set) in verdict.AcceptedSets())
        {
            var read = X12Set.Read(bytes.AsMemory((int)set.Offset, set.Length), verdict.Delimiters);
            read.Lines.Count.ShouldBe(set.Segments - 2, $"number {number}");
            foreach (var (aspect, lines) in SetSplitter.Split(read))
            {
                var said = new EdiEvent { Set = set.Id, Version = group.Version, Aspect = aspect, Lines = lines }.Write("urn:x12", 0);
                IsDataOrRefusal(partner, said, number);
            }

            if (strict)
            {
                set.Faults.ShouldBeEmpty();
                read.Root.Flat().Count().ShouldBe(read.Lines.Count);
            }
        }

        var answer = new ArrayBufferWriter<byte>();
        var writer = new X12Writer(answer, X12Delimiters.Usual);
        writer.BeginInterchange(Header);
        Acknowledgement.Write997(writer, verdict, "TOWER", "PARTNER", new DateTime(2026, 11, 21), "1", "004010");
        writer.EndInterchange();
        writer.Fault.ShouldBeNull($"number {number}");
    }

    /// <summary>The same for EDIFACT: what is taken is whole, what is refused says why, and what can be answered is answered in a form that strict takes.</summary>
    private static void Check(EdifactInterchangeVerdict verdict, byte[] bytes, int number, EdiPartner partner)
    {
        (verdict.AcceptedMessages().Any() || verdict.Sentences().Any() || verdict.Messages.Count == 0).ShouldBeTrue($"number {number} was refused without a reason");
        foreach (var message in verdict.AcceptedMessages())
        {
            var segments = EdifactJudge.Read(bytes.AsMemory((int)message.Offset, message.Length), verdict.Delimiters);
            segments.Count.ShouldBe(message.Segments - 2, $"number {number}");
            foreach (var (aspect, lines) in TransportStatus.Split(message.Type, [.. segments.Select(EdifactLines.Line)]))
            {
                IsDataOrRefusal(partner, new EdiEvent { Set = message.Type, Version = message.Version, Aspect = aspect, Lines = lines }.Write("urn:edifact", 0), number);
            }
        }

        if (Control.Needs(verdict))
        {
            var answer = Control.Write(verdict, 1, new DateTime(2026, 11, 21), lineBreaks: false);
            EdifactJudge.Judge(new MemoryStream(answer), new EdifactRules { Messages = ["CONTRL"] }).ShouldHaveSingleItem().Sentences().ShouldBeEmpty($"number {number}");
        }
    }

    private static void IsDataOrRefusal(EdiPartner partner, byte[] said, int number)
    {
        var mapped = partner.Map(JsonElement.Parse(said));
        (mapped.Fact is not null || mapped.Ignored is not null || mapped.Refusal!.Message.Length > 0).ShouldBeTrue($"number {number}");
    }

    private static List<byte[]> Sources()
    {
        var sources = new List<byte[]>
        {
            Of("PO", Order850, Order850, Order850),
            Of(new X12Delimiters((byte)'|', (byte)'<', (byte)'\n'), false, Header, ("QM", "004030", [Status214, Status214]), ("GF", "004010", [Response990])),
            Of(X12Delimiters.Usual, false, Header, ("GF", "004010", [Response990]), ("PO", "004010", [Order850])),
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
