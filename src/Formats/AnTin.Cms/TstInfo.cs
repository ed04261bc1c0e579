// The content of a time-stamp token. Reference: RFC 3161 §2.4.2 with RFC 5816.
using System.Formats.Asn1;
using System.Security.Cryptography;
using AnTin.Asn1;
using AnTin.X509;

namespace AnTin.Cms;

/// <summary>Digest of the stamped data. A SHA-1 imprint is read and reported as weak by policy, never made.</summary>
public sealed record MessageImprint(string DigestOid, ReadOnlyMemory<byte> Hash)
{
    public DigestAlgorithm? Digest => DigestAlgorithm.FromOid(DigestOid);

    /// <summary>The imprint is that of these octets.</summary>
    public bool Matches(ReadOnlySpan<byte> data) =>
        Digest is { IsSupported: true } digest && CryptographicOperations.FixedTimeEquals(digest.Hash(data), Hash.Span);

    internal static MessageImprint Read(Asn1Reader reader)
    {
        var sequence = reader.ReadSequence("messageImprint");
        var algorithm = AlgorithmIdentifier.Read(sequence, "hashAlgorithm");
        var hash = sequence.ReadOctetString("hashedMessage");
        sequence.End();
        return new MessageImprint(algorithm.Oid, hash);
    }

    internal void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(DigestOid);
                writer.WriteNull();
            }

            writer.WriteOctetString(Hash.Span);
        }
    }
}

/// <param name="Policy">Policy under which the stamp was made.</param>
/// <param name="Imprint">What was stamped.</param>
/// <param name="SerialNumber">Lower-case hexadecimal.</param>
/// <param name="Time">genTime, UTC.</param>
/// <param name="Accuracy">How far genTime may be off; null when not stated.</param>
/// <param name="Ordering">Stamps of this authority can be ordered by time alone.</param>
/// <param name="Nonce">The request's nonce, big-endian content octets; null when there was none.</param>
/// <param name="Authority">Name of the authority, as encoded; null when absent.</param>
public sealed record TstInfo(string Policy, MessageImprint Imprint, string SerialNumber, DateTimeOffset Time, TimeSpan? Accuracy = null,
    bool Ordering = false, ReadOnlyMemory<byte>? Nonce = null, ReadOnlyMemory<byte>? Authority = null)
{
    private static readonly Asn1Tag NameTag = new(TagClass.ContextSpecific, 0);

    public static TstInfo Parse(ReadOnlyMemory<byte> encoded)
    {
        // RFC 3161 wants DER; some authorities write BER lengths, so BER is read. The signature covers the octets as sent.
        var outer = Asn1Reader.Ber(encoded, "TSTInfo", Asn1Limits.Small);
        var reader = outer.ReadSequence("TSTInfo");
        outer.End();
        if (reader.ReadInt32("version") != 1)
        {
            throw reader.Fail("version", "unknown version");
        }

        var policy = reader.ReadOid("policy");
        var imprint = MessageImprint.Read(reader);
        var serial = Convert.ToHexStringLower(reader.ReadIntegerBytes("serialNumber").Span);
        var time = reader.ReadGeneralizedTime("genTime");
        TimeSpan? accuracy = reader.NextIs(Asn1Tag.Sequence) ? ReadAccuracy(reader.ReadSequence("accuracy")) : null;
        var ordering = reader.NextIs(Asn1Tag.Boolean) && reader.ReadBoolean("ordering");
        ReadOnlyMemory<byte>? nonce = reader.NextIs(Asn1Tag.Integer) ? reader.ReadIntegerBytes("nonce") : default(ReadOnlyMemory<byte>?);
        ReadOnlyMemory<byte>? authority = null;
        if (reader.NextIs(NameTag))
        {
            authority = reader.ReadExplicit("tsa", 0).ReadEncoded("GeneralName");
        }

        if (reader.NextIsContext(1))
        {
            RefuseCriticalExtensions(reader);
        }

        reader.End();
        return new TstInfo(policy, imprint, serial, time, accuracy, ordering, nonce, authority);
    }

    /// <summary>DER. genTime keeps milliseconds when they are not zero.</summary>
    public byte[] Encode() => Der.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteInteger(1);
            w.WriteObjectIdentifier(Policy);
            Imprint.Write(w);
            w.WriteInteger(Convert.FromHexString(SerialNumber));
            var utc = Time.ToUniversalTime();
            utc = utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond));
            w.WriteGeneralizedTime(utc, omitFractionalSeconds: utc.Ticks % TimeSpan.TicksPerSecond == 0);
            if (Accuracy is { } accuracy)
            {
                WriteAccuracy(w, accuracy);
            }

            if (Ordering)
            {
                w.WriteBoolean(true);
            }

            if (Nonce is { } nonce)
            {
                w.WriteInteger(nonce.Span);
            }

            if (Authority is { } authority)
            {
                using (w.PushSequence(NameTag))
                {
                    w.WriteEncodedValue(authority.Span);
                }
            }
        }
    });

    // SEQUENCE { seconds, millis [0] 1..999, micros [1] 1..999 }.
    private static TimeSpan ReadAccuracy(Asn1Reader reader)
    {
        var seconds = reader.NextIs(Asn1Tag.Integer) ? reader.ReadInt32("seconds") : 0;
        var millis = reader.NextIsContext(0) ? reader.ReadInt32("millis", new Asn1Tag(TagClass.ContextSpecific, 0)) : 0;
        var micros = reader.NextIsContext(1) ? reader.ReadInt32("micros", new Asn1Tag(TagClass.ContextSpecific, 1)) : 0;
        reader.End();
        if (seconds < 0 || millis is < 0 or > 999 || micros is < 0 or > 999)
        {
            throw reader.Fail("accuracy", "out of range");
        }

        return TimeSpan.FromSeconds(seconds) + TimeSpan.FromMilliseconds(millis) + TimeSpan.FromMicroseconds(micros);
    }

    private static void WriteAccuracy(AsnWriter writer, TimeSpan accuracy)
    {
        using (writer.PushSequence())
        {
            if ((long)accuracy.TotalSeconds is > 0 and var seconds)
            {
                writer.WriteInteger(seconds);
            }

            if (accuracy.Milliseconds > 0)
            {
                writer.WriteInteger(accuracy.Milliseconds, new Asn1Tag(TagClass.ContextSpecific, 0));
            }

            if (accuracy.Microseconds > 0)
            {
                writer.WriteInteger(accuracy.Microseconds, new Asn1Tag(TagClass.ContextSpecific, 1));
            }
        }
    }

    private static void RefuseCriticalExtensions(Asn1Reader reader)
    {
        var list = reader.ReadSequence("extensions", new Asn1Tag(TagClass.ContextSpecific, 1));
        while (list.HasData)
        {
            var item = list.ReadSequence("Extension");
            var oid = item.ReadOid("extnID");
            if (item.NextIs(Asn1Tag.Boolean) && item.ReadBoolean("critical"))
            {
                throw item.Fail("extensions", "unknown critical extension " + oid);
            }

            item.ReadOctetString("extnValue");
        }
    }
}
