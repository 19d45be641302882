namespace ControlTower.Core.Persistence.Cases;

/// <summary>An exception in a team's queue. Notes, owner and history outlive replays.</summary>
public sealed class ExceptionCase
{
    public long Id { get; set; }

    /// <summary>What it is about; at most one case of a key is not resolved.</summary>
    public required string CaseKey { get; set; }

    public CaseOrigin Origin { get; set; }

    public long? TransactionId { get; set; }

    public long? MessageId { get; set; }

    public long? CommandId { get; set; }

    public string? Connector { get; set; }

    public required string ReasonCode { get; set; }

    public required string Team { get; set; }

    public CaseState State { get; set; }

    /// <summary>User name of the person who took it.</summary>
    public string? Assignee { get; set; }

    public string? Site { get; set; }

    public string? LegalEntity { get; set; }

    /// <summary>
    /// Whose people see it: its own site, or without one every site that its transaction touches. Written with the
    /// case and when its transaction comes to another site; read as rows of their own.
    /// </summary>
    public List<CaseSite> Sites { get; init; } = [];

    /// <summary>What happened, in one sentence.</summary>
    public required string Message { get; set; }

    /// <summary>The field a mapping or validation names, as a JSON path.</summary>
    public string? FailingField { get; set; }

    /// <summary>The code that nobody mapped, with its scheme and version; null for other reasons.</summary>
    public string? CodeScheme { get; set; }

    public string? CodeVersion { get; set; }

    public string? Code { get; set; }

    public decimal? AmountAtRisk { get; set; }

    public string? Currency { get; set; }

    /// <summary>Kept here only where no message or command holds it (a conflicting second version).</summary>
    public byte[]? Payload { get; set; }

    /// <summary>Rises with each correction of the payload; the original is revision 1.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>Business time.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>Business time by which the team should have resolved it.</summary>
    public DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>
    /// User name of who ended it, <c>tower</c> where it ended by itself. What a person waived stays waived while its
    /// cause merely continues.
    /// </summary>
    public string? ResolvedBy { get; set; }

    /// <summary>Why it ended: by itself, by whom, how.</summary>
    public string? Resolution { get; set; }

    /// <summary>Commands that wait for the gap to close; null for every other reason.</summary>
    public int? WaitingCommands { get; set; }

    public int Replays { get; set; }

    /// <summary>System time of the last change.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>A site whose people see a case. Lists of one site are read from here, however long the whole history is.</summary>
public sealed class CaseSite
{
    public long CaseId { get; set; }

    public required string Site { get; set; }
}

public enum CaseState : short
{
    Open = 0,
    Assigned = 1,

    /// <summary>Something was done (replay, release request); the outcome is awaited.</summary>
    Waiting = 2,

    /// <summary>
    /// Its cause is gone. This state and those after it are final: lists of open work and their indexes leave them out.
    /// </summary>
    Resolved = 3,

    /// <summary>
    /// A person accepted the condition as it is. It continues and keeps held what it holds, so the case keeps its owner
    /// and its amount at risk.
    /// </summary>
    Waived = 4,

    /// <summary>A person dropped the message; it is never applied.</summary>
    Discarded = 5,
}

public enum CaseOrigin : short
{
    /// <summary>Decide names it and closes it.</summary>
    Condition = 0,

    /// <summary>A message that could not be mapped, correlated or processed.</summary>
    Message = 1,

    /// <summary>A connector that cannot be reached or refuses our credentials.</summary>
    Connector = 2,

    /// <summary>Commands that no connector takes; it closes itself when one does.</summary>
    Routing = 3,
}

/// <summary>A person's action or note on a case.</summary>
public sealed class CaseNote
{
    public long Id { get; set; }

    public long CaseId { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Actor { get; set; }

    /// <summary>opened, assigned, replayed, noted, approval-requested, waived, discarded, resolved, reopened.</summary>
    public required string Act { get; set; }

    public string? Text { get; set; }
}
