using System.Reflection;
using Microsoft.Data.SqlClient;

namespace ControlTower.Testing;

/// <summary>
/// Errors as SQL Server's driver creates them. Its constructors are not public, so they are called by reflection.
/// </summary>
public static class SqlServerError
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.Static | BindingFlags.NonPublic;

    /// <param name="number">0 for what has none, such as a connection that broke on Linux.</param>
    /// <param name="errorClass">Severity: 11 to 16 for the statement, from 20 on for the connection.</param>
    public static SqlException Create(int number, byte errorClass, Exception? inner = null, string message = "What the driver wrote.")
    {
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        Method<SqlErrorCollection>("Add", typeof(SqlError)).Invoke(errors, [Error(number, errorClass, message, inner)]);
        var create = Method<SqlException>("CreateException", typeof(SqlErrorCollection), typeof(string));
        var exception = (SqlException)create.Invoke(null, [errors, "16.00.1000"])!;
        return inner is null ? exception : With(exception, inner);
    }

    private static SqlError Error(int number, byte errorClass, string message, Exception? inner)
    {
        var constructor = typeof(SqlError).GetConstructors(Hidden)
            .Where(c => c.GetParameters()[0].ParameterType == typeof(int)).MaxBy(c => c.GetParameters().Length)!;
        return (SqlError)constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p, number, errorClass, message, inner))]);
    }

    private static object? Value(ParameterInfo parameter, int number, byte errorClass, string message, Exception? inner) =>
        parameter.Name switch
    {
        "infoNumber" => number,
        "errorClass" => errorClass,
        "errorMessage" => message,
        "exception" => inner,
        _ when parameter.ParameterType == typeof(string) => "",
        _ => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null,
    };

    /// <summary>The inner exception of an error of the transport.</summary>
    private static SqlException With(SqlException exception, Exception inner)
    {
        typeof(Exception).GetField("_innerException", Hidden)!.SetValue(exception, inner);
        return exception;
    }

    private static MethodInfo Method<TOwner>(string name, params Type[] parameters) => typeof(TOwner).GetMethod(name, Hidden, parameters)!;
}
