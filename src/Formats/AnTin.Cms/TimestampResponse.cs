// Time-stamp responses. Reference: RFC 3161 §2.4.2, RFC 4210 (PKIStatusInfo).
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.Cms;

public enum TimestampStatus
{
    Granted = 0,
    GrantedWithMods = 1,
    Rejection = 2,
    Waiting = 3,
    RevocationWarning = 4,
    RevocationNotification = 5,
}

/// <summary>PKIFailureInfo bits of RFC 3161 §2.4.2.</summary>
public enum TimestampFailure
{
    BadAlgorithm = 0,
    BadRequest = 2,
    BadDataFormat = 5,
    TimeNotAvailable = 14,
    UnacceptedPolicy = 15,
    UnacceptedExtension = 16,
    AddInfoNotAvailable = 17,
    SystemFailure = 25,
}

public sealed record TimestampResponse(TimestampStatus Status, string? Text, TimestampFailure? Failure, ReadOnlyMemory<byte> Token)
{
    public bool IsGranted => Status is TimestampStatus.Granted or TimestampStatus.GrantedWithMods && !Token.IsEmpty;

    public static TimestampResponse Parse(ReadOnlyMemory<byte> encoded)
    {
        var outer = Asn1Reader.Ber(encoded, "TimeStampResp", Asn1Limits.Small);
        var reader = outer.ReadSequence("TimeStampResp");
        outer.End();
        var info = reader.ReadSequence("status");
        var status = info.ReadInt32("status");
        if (status is < 0 or > 5)
        {
            throw info.Fail("status", "unknown status");
        }

        string? text = null;
        if (info.NextIs(Asn1Tag.Sequence))
        {
            var lines = info.ReadSequence("statusString");
            while (lines.HasData)
            {
                text = text is null ? lines.ReadText("line") : text + "\n" + lines.ReadText("line");
            }
        }

        TimestampFailure? failure = info.HasData ? ReadFailure(info) : null;
        info.End();
        ReadOnlyMemory<byte> token = reader.HasData ? reader.ReadEncoded("timeStampToken") : default;
        reader.End();
        return new TimestampResponse((TimestampStatus)status, text, failure, token);
    }

    public static byte[] Granted(ReadOnlySpan<byte> token)
    {
        var status = new byte[] { 0x30, 0x03, 0x02, 0x01, 0x00 };
        return Der.Wrap(Der.Sequence, status, token.ToArray());
    }

    public static byte[] Rejected(TimestampFailure failure, string text) => Der.Encode(w =>
    {
        using (w.PushSequence())
        using (w.PushSequence())
        {
            w.WriteInteger((int)TimestampStatus.Rejection);
            using (w.PushSequence())
            {
                w.WriteCharacterString(UniversalTagNumber.UTF8String, text);
            }

            // A named-bit list with one bit: whole octets up to it, the rest of the last octet unused.
            var bit = (int)failure;
            var bytes = new byte[(bit / 8) + 1];
            bytes[bit / 8] = (byte)(0x80 >> (bit % 8));
            w.WriteBitString(bytes, 7 - (bit % 8));
        }
    });

    private static TimestampFailure? ReadFailure(Asn1Reader info)
    {
        var bytes = info.ReadBitString("failInfo", out _).Span;
        for (var bit = 0; bit < bytes.Length * 8 && bit < 32; bit++)
        {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return (TimestampFailure)bit;
            }
        }

        return null;
    }
}
