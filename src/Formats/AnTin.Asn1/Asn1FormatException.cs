namespace AnTin.Asn1;

/// <summary>
/// Malformed ASN.1 or malformed content of a structure encoded in it (certificate, CRL, OCSP, CMS, time-stamp).
/// The only exception that a parser of AnTin.Asn1, AnTin.X509 and AnTin.Cms lets out for bad input.
/// </summary>
public sealed class Asn1FormatException : FormatException
{
    public Asn1FormatException(string message, long offset, string path, Exception? inner = null)
        : base($"{path} at offset {offset}: {message}", inner)
    {
        Offset = offset;
        Path = path;
    }

    /// <summary>Offset in octets from the beginning of the parsed input (of the reassembled octets inside a constructed BER string).</summary>
    public long Offset { get; }

    /// <summary>The names of the enclosing fields, outermost first, joined by '/'.</summary>
    public string Path { get; }
}
