// OCSP requests. References: RFC 6960 §4.1, RFC 9654 §2.1 (nonce). Limits: requestor name and signature are read over, never used.
using System.Formats.Asn1;
using AnTin.Asn1;

namespace AnTin.X509;

public sealed class OcspRequest
{
    /// <summary>More questions than this in one request are refused; a browser asks one, a validator a chain.</summary>
    public const int MaxQuestions = 64;

    private OcspRequest(IReadOnlyList<OcspCertId> questions, ReadOnlyMemory<byte>? nonceExtension)
    {
        Questions = questions;
        NonceExtension = nonceExtension;
    }

    public IReadOnlyList<OcspCertId> Questions { get; }

    /// <summary>extnValue of the nonce extension as sent (old clients leave the inner OCTET STRING out); echo it octet for octet.</summary>
    public ReadOnlyMemory<byte>? NonceExtension { get; }

    /// <summary>The nonce itself; null when there is none.</summary>
    public ReadOnlyMemory<byte>? Nonce => NonceExtension is { } value ? OcspNonce.Unwrap(value) : default(ReadOnlyMemory<byte>?);

    /// <summary>RFC 9654 §2.1: a nonce of no or of more than 128 octets MUST be answered with malformedRequest.</summary>
    public bool HasBadNonce => Nonce is { Length: < 1 or > 128 };

    public static OcspRequest Parse(ReadOnlyMemory<byte> der)
    {
        var reader = Asn1Reader.Der(der, "OCSPRequest", Asn1Limits.Small);
        var outer = reader.ReadSequence("OCSPRequest");
        reader.End();
        var tbs = outer.ReadSequence("tbsRequest");
        if (tbs.NextIsContext(0))
        {
            var version = tbs.ReadExplicit("version", 0).ReadInt32("version");
            if (version != 0)
            {
                throw tbs.Fail("version", "unknown version");
            }
        }

        if (tbs.NextIsContext(1))
        {
            tbs.ReadEncoded("requestorName");
        }

        var questions = ReadQuestions(tbs.ReadSequence("requestList"));
        ReadOnlyMemory<byte>? nonce = null;
        if (tbs.NextIsContext(2))
        {
            var extensions = Extension.ReadAll(tbs.ReadExplicit("requestExtensions", 2).ReadSequence("Extensions"));
            nonce = extensions.FirstOrDefault(e => e.Oid == Oids.OcspNonce)?.Value;
        }

        tbs.End();
        if (outer.HasData)
        {
            outer.ReadExplicit("optionalSignature", 0);
        }

        outer.End();
        return new OcspRequest(questions, nonce);
    }

    /// <summary>An unsigned request.</summary>
    /// <param name="questions">What is asked, in order.</param>
    /// <param name="nonce">Random octets, 32 for new clients (RFC 9654 §2.1); empty for none.</param>
    public static byte[] Build(IReadOnlyList<OcspCertId> questions, ReadOnlyMemory<byte> nonce) => Der.Encode(w =>
    {
        using (w.PushSequence())
        using (w.PushSequence())
        {
            using (w.PushSequence())
            {
                foreach (var question in questions)
                {
                    using (w.PushSequence())
                    {
                        question.Write(w);
                    }
                }
            }

            if (!nonce.IsEmpty)
            {
                using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
                using (w.PushSequence())
                {
                    ExtensionWriter.Write(w, OcspNonce.Wrap(nonce));
                }
            }
        }
    });

    private static List<OcspCertId> ReadQuestions(Asn1Reader list)
    {
        var questions = new List<OcspCertId>(1);
        while (list.HasData)
        {
            if (questions.Count == MaxQuestions)
            {
                throw list.Fail("requestList", $"more than {MaxQuestions} questions");
            }

            var item = list.ReadSequence("Request");
            questions.Add(OcspCertId.Read(item));
            if (item.HasData)
            {
                item.ReadExplicit("singleRequestExtensions", 0);
            }

            item.End();
        }

        return questions;
    }
}

internal static class OcspNonce
{
    public static Extension Wrap(ReadOnlyMemory<byte> nonce) => ExtensionWriter.Make(Oids.OcspNonce, false, w => w.WriteOctetString(nonce.Span));

    // Be liberal: what is not an OCTET STRING is taken as the nonce itself.
    public static ReadOnlyMemory<byte> Unwrap(ReadOnlyMemory<byte> value)
    {
        try
        {
            var reader = Asn1Reader.Der(value, "nonce", Asn1Limits.Small);
            var nonce = reader.ReadOctetString("Nonce");
            reader.End();
            return nonce;
        }
        catch (Asn1FormatException)
        {
            return value;
        }
    }
}
