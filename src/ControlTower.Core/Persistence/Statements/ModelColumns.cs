using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NpgsqlTypes;

namespace ControlTower.Core.Persistence.Statements;

/// <summary>
/// Columns of bulk statements: names, types and order are the model's. A new property is written by every statement
/// that does not leave it out by name.
/// </summary>
internal static class ModelColumns
{
    private static readonly Dictionary<Type, NpgsqlDbType> Types = new()
    {
        [typeof(string)] = NpgsqlDbType.Text,
        [typeof(byte[])] = NpgsqlDbType.Bytea,
        [typeof(long)] = NpgsqlDbType.Bigint,
        [typeof(int)] = NpgsqlDbType.Integer,
        [typeof(short)] = NpgsqlDbType.Smallint,
        [typeof(bool)] = NpgsqlDbType.Boolean,
        [typeof(decimal)] = NpgsqlDbType.Numeric,
        [typeof(DateTimeOffset)] = NpgsqlDbType.TimestampTz,
    };

    private static readonly MethodInfo AddMethod = typeof(ModelColumns).GetMethod(
        nameof(AddColumn), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Every column of the row's table, except those of the named properties.</summary>
    public static UnnestInsert<TRow> AllExcept<TRow>(IModel model, params string[] properties)
        where TRow : class
    {
        var entity = Entity<TRow>(model, properties);
        return Build<TRow>(entity, entity.GetProperties().Where(property => !properties.Contains(property.Name, StringComparer.Ordinal)));
    }

    /// <summary>The columns of the named properties, for updates that change nothing else.</summary>
    public static UnnestInsert<TRow> Only<TRow>(IModel model, params string[] properties)
        where TRow : class
    {
        var entity = Entity<TRow>(model, properties);
        return Build<TRow>(entity, entity.GetProperties().Where(property => properties.Contains(property.Name, StringComparer.Ordinal)));
    }

    /// <exception cref="InvalidOperationException">The row has no table, or one of the properties no column.</exception>
    private static IEntityType Entity<TRow>(IModel model, string[] properties)
    {
        var entity = model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException($"{typeof(TRow)} has no table.");
        return Array.Find(properties, name => entity.FindProperty(name) is null) is not { } unknown
            ? entity
            : throw new InvalidOperationException($"{typeof(TRow)}.{unknown} has no column.");
    }

    private static UnnestInsert<TRow> Build<TRow>(IEntityType entity, IEnumerable<IProperty> properties)
    {
        var insert = new UnnestInsert<TRow>(entity.GetTableName()!);
        foreach (var property in properties)
        {
            AddMethod.MakeGenericMethod(typeof(TRow), ValueType(property)).Invoke(null, [insert, property]);
        }

        return insert;
    }

    /// <summary>The property's type; an enum is read as the number that is stored.</summary>
    private static Type ValueType(IProperty property) =>
        property.ClrType.IsEnum && StoredType(property) == Enum.GetUnderlyingType(property.ClrType)
            ? StoredType(property)
            : property.ClrType;

    private static Type StoredType(IProperty property)
    {
        var stored = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        return Nullable.GetUnderlyingType(stored) ?? stored;
    }

    /// <exception cref="InvalidOperationException">The property has no getter, or is stored in a way that no bulk
    /// statement writes.</exception>
    private static void AddColumn<TRow, TValue>(UnnestInsert<TRow> insert, IProperty property)
    {
        var stored = StoredType(property);
        if (property.PropertyInfo?.GetMethod is not { } getter || !Types.TryGetValue(stored, out var type)
            || stored != (Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue)))
        {
            throw new InvalidOperationException($"No bulk statement can write {typeof(TRow)}.{property.Name}.");
        }

        switch (getter.CreateDelegate<Func<TRow, TValue>>())
        {
            case Func<TRow, DateTimeOffset> instant:
                insert.Instant(property.GetColumnName(), row => instant(row));
                break;
            case Func<TRow, DateTimeOffset?> instant:
                insert.Instant(property.GetColumnName(), instant);
                break;
            case var value:
                insert.Add(property.GetColumnName(), type, value);
                break;
        }
    }
}
