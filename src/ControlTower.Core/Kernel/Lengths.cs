namespace ControlTower.Core.Kernel;

/// <summary>Column lengths, each with its reason.</summary>
public static class Lengths
{
    /// <summary>A connector's name: a URL segment.</summary>
    public const int Connector = 64;

    /// <summary>CloudEvents <c>source</c>, a URI reference.</summary>
    public const int Source = 512;

    /// <summary>CloudEvents <c>id</c>.</summary>
    public const int EventId = 256;

    /// <summary>A business number of any system; SAP's longest is 35, partners write more.</summary>
    public const int BusinessKey = 120;

    /// <summary>Connector, colon, order number.</summary>
    public const int TransactionKey = Connector + 1 + BusinessKey;

    /// <summary>Kind, document, slice and number of a command.</summary>
    public const int CommandKey = 320;

    /// <summary>A code of ours or of a list: reason code, milestone, kind.</summary>
    public const int Code = 64;

    /// <summary>A name for people.</summary>
    public const int Name = 200;

    /// <summary>One sentence for people.</summary>
    public const int Sentence = 1000;

    /// <summary>A poll's position: one text, or a JSON object of a watermark for each feed.</summary>
    public const int Cursor = 4000;

    /// <summary>Where a milestone is published; AMQP's routing keys have 255 bytes at most.</summary>
    public const int Address = 255;

    /// <summary>SHA-256 as hex.</summary>
    public const int HexHash = 64;
}
