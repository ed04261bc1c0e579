// Certificate serial numbers. RFC 5280 §4.1.2.2: positive, at most 20 octets; CA/Browser Forum asks for at least 64 bits of randomness.
using System.Security.Cryptography;

namespace AnTin.Modules.Authority.Domain;

/// <summary>One octet of prefix, then 136 random bits: unguessable, and unique without asking the other nodes.</summary>
internal static class SerialNumbers
{
    // 0x01–0x7F keeps the integer positive and 18 octets long, whatever the random part.
    private const byte Prefix = 0x41;
    private const int RandomOctets = 17;

    public static byte[] Next()
    {
        byte[] serial = new byte[1 + RandomOctets];
        serial[0] = Prefix;
        RandomNumberGenerator.Fill(serial.AsSpan(1));
        return serial;
    }

    public static string Text(ReadOnlySpan<byte> serial)
    {
        while (serial.Length > 1 && serial[0] == 0)
            serial = serial[1..];
        return Convert.ToHexString(serial);
    }
}
