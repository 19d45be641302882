using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ControlTower.Core.Persistence.Transactions;

/// <summary>A customer as an ERP names it on an order; under another name it is another one.</summary>
/// <param name="System">The ERP.</param>
/// <param name="Number">The ERP's number of the customer.</param>
public readonly record struct OrderCustomer(string System, string Number, string? Name)
{
    /// <summary>
    /// The beginning of a hash: the same on every node without a row of its own to read. Two customers of one id would only be
    /// found by each other's name.
    /// </summary>
    public long Id => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{System}\n{Number}\n{Name}")));

    /// <summary>Whose the order is; null as long as no fact has named a customer.</summary>
    public static OrderCustomer? From(TransactionRecord order) => string.IsNullOrEmpty(order.CustomerId)
        ? null
        : new OrderCustomer(order.ErpSystem, order.CustomerId, order.CustomerName);

    /// <summary>The rows by which it is found.</summary>
    public IEnumerable<CustomerWord> Words()
    {
        var id = Id;
        return CustomerText.Beginnings(Number, Name).Select(text => new CustomerWord { Text = text, Customer = id });
    }
}
