namespace ControlTower.Web.Features.Inbound;

/// <param name="Accepted">Stored durably.</param>
/// <param name="Duplicates">Known already, with the same content.</param>
public sealed record InboundAnswer(int Accepted, int Duplicates);
