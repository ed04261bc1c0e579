using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

/// <summary>AlgorithmIdentifier of RFC 5280 §4.1.1.2. <paramref name="Parameters"/> is the encoded value, empty when absent.</summary>
public sealed record AlgorithmIdentifier(string Oid, ReadOnlyMemory<byte> Parameters)
{
    private static readonly byte[] NullValue = [5, 0];

    public bool HasNoParameters => Parameters.IsEmpty || Parameters.Span.SequenceEqual(NullValue);

    public static AlgorithmIdentifier Read(Asn1Reader reader, string name, Asn1Tag? tag = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var sequence = reader.ReadSequence(name, tag);
        var oid = sequence.ReadOid("algorithm");
        ReadOnlyMemory<byte> parameters = default;
        if (sequence.HasData)
        {
            parameters = sequence.ReadEncoded("parameters");
        }

        sequence.End();
        return new AlgorithmIdentifier(oid, parameters);
    }

    public static AlgorithmIdentifier Parse(ReadOnlyMemory<byte> encoded)
    {
        var reader = Asn1Reader.Ber(encoded, "AlgorithmIdentifier", Asn1Limits.Small);
        var value = Read(reader, "AlgorithmIdentifier");
        reader.End();
        return value;
    }

    /// <summary>The same identifier, octet for octet, absent parameters and NULL being the same.</summary>
    public bool Equals(AlgorithmIdentifier? other) => other is not null && Oid == other.Oid
        && (Parameters.Span.SequenceEqual(other.Parameters.Span) || (HasNoParameters && other.HasNoParameters));

    public override int GetHashCode() => Oid.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Oids.NameOf(Oid);
}
