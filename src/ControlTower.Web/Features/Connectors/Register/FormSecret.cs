using System.Security.Cryptography;
using ControlTower.Core.Connectors;

namespace ControlTower.Web.Features.Connectors.Register;

/// <summary>A secret of the form.</summary>
/// <param name="Field">As the API names it: <c>inboundSecret</c>, <c>credentials.apiKey</c>.</param>
/// <param name="IsStored">It has a value already.</param>
/// <param name="CanBeMade">The tower can generate it: only both sides have to know it.</param>
public sealed record FormSecret(string Field, string Label, string? Help, bool Required, bool LongText, bool IsStored, bool CanBeMade)
{
    private const int MadeBytes = 32;

    public string Value { get; set; } = "";

    public void Make() => Value = WebhookSecret.Format(RandomNumberGenerator.GetBytes(MadeBytes));
}
