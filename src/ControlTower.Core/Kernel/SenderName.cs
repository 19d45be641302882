namespace ControlTower.Core.Kernel;

/// <summary>Names this process as the owner of leases: unique among all that ever ran.</summary>
internal sealed record SenderName(string Name);
