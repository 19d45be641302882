using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using ControlTower.Core.Connectors;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace ControlTower.Web.Identity;

/// <summary>
/// Encrypts the key ring's XML under the master key: read access to the database alone is not enough to make a cookie.
/// </summary>
internal sealed class KeyRingEncryptor(SecretBox box) : IXmlEncryptor
{
    internal const string Purpose = "data-protection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var text = Convert.ToBase64String(box.Seal(plain, Purpose));
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(new XElement("sealed", text), typeof(KeyRingDecryptor));
    }
}

/// <summary>Created by data protection, which passes it the services.</summary>
internal sealed class KeyRingDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <summary>Whether this master key opens the key; one that was never sealed needs none.</summary>
    public static bool Opens(XElement key, SecretBox box)
    {
        if (key.Descendants("sealed").FirstOrDefault() is not { } text)
        {
            return true;
        }

        try
        {
            box.Open(Convert.FromBase64String(text.Value), KeyRingEncryptor.Purpose);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Encoding.UTF8.GetString(
        services.GetRequiredService<SecretBox>().Open(Convert.FromBase64String(encryptedElement.Value), KeyRingEncryptor.Purpose)));
}
