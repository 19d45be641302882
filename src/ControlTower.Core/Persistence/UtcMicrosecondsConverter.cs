using ControlTower.Core.Kernel;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ControlTower.Core.Persistence;

/// <summary>Stores timestamps as <see cref="UtcMicroseconds"/>.</summary>
public sealed class UtcMicrosecondsConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(
    value => UtcMicroseconds.Cut(value),
    value => value.ToUniversalTime());
