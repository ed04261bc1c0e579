using AnTin.Asn1;
using AnTin.Cms;
using AnTin.TestKit.Pki;
using AnTin.X509;
using CsCheck;

namespace AnTin.Formats.Tests.Asn1;

/// <summary>Whatever is done to a structure, its parser answers with a value or with the one exception.</summary>
public sealed class MutationTests
{
    private static readonly TestPki Pki = TestPki.Shared;

    public static TheoryData<string> Structures => ["certificate", "crl", "ocsp", "ocspRequest", "signedData", "token", "tsRequest", "tsResponse", "spki"];

    [Theory]
    [MemberData(nameof(Structures))]
    public void Only_the_format_exception_escapes(string structure)
    {
        var (bytes, parse) = Make(structure);
        parse(bytes);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, 4], Gen.Int[0, bytes.Length - 1]).Array[1, 4].Sample(edits =>
        {
            var mutated = bytes.ToList();
            foreach (var (at, value, kind, other) in edits)
            {
                if (mutated.Count < 2)
                {
                    break;
                }

                var i = at % mutated.Count;
                switch (kind)
                {
                    case 0: mutated[i] = value; break;
                    case 1: mutated[i] ^= (byte)(1 << (value & 7)); break;
                    case 2: mutated.RemoveAt(i); break;
                    case 3: mutated.Insert(i, value); break;
                    default: mutated.RemoveRange(i, Math.Min(other, mutated.Count - i)); break;
                }
            }

            try
            {
                parse([.. mutated]);
            }
            catch (Asn1FormatException e)
            {
                Assert.InRange(e.Offset, 0, mutated.Count);
            }
        }, iter: 4000);
    }

    private static (byte[] Bytes, Action<byte[]> Parse) Make(string structure)
    {
        var content = new byte[] { 1, 2, 3 };
        switch (structure)
        {
            case "certificate":
                return (Pki.Officer1.Certificate.RawData.ToArray(), b => Touch(Certificate.Parse(b)));
            case "crl":
                var crl = TestPki.Crl(Pki.Ca, new RevokedCertificate("05", TestPki.Noon, RevocationReason.Superseded, TestPki.Noon), new RevokedCertificate("06", TestPki.Noon, null));
                return (crl.RawData.ToArray(), b => CertificateRevocationList.Parse(b));
            case "ocsp":
                var answer = TestPki.Answer(Pki.Ocsp, Pki.Ca.Certificate, "05", CertificateStatus.Revoked, revokedAt: TestPki.Noon);
                return (answer.RawData.ToArray(), b => OcspResponse.Parse(b));
            case "ocspRequest":
                return (OcspRequest.Build([OcspCertId.For(Pki.Ca.Certificate, "05", DigestAlgorithm.Sha256)], new byte[16]), b => _ = OcspRequest.Parse(b).HasBadNonce);
            case "token":
                return (Pki.Timestamp(content, TestPki.Noon), b => TimestampToken.Parse(b).Verify(content));
            case "tsRequest":
                return (TimestampRequest.For(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Hash(content), [1, 2]).Encode(), b => TimestampRequest.Parse(b));
            case "tsResponse":
                return (TimestampResponse.Rejected(TimestampFailure.BadRequest, "x"), b => TimestampResponse.Parse(b));
            case "spki":
                return (Pki.Officer1.Key.SubjectPublicKeyInfo.ToArray(), b => SignatureVerification.Check(SubjectPublicKeyInfo.Parse(b),
                    SignatureAlgorithm.Pkcs1(DigestAlgorithm.Sha256), content, new byte[256]));
            default:
                var builder = CmsSigner.Create(Pki.Officer1.Certificate, [Pki.Ca.Certificate], SignatureScheme.RsaPssSha256).Prepare(DigestAlgorithm.Sha256.Hash(content));
                var value = Pki.Officer1.Key.SignHash(builder.HashToSign(), builder.Scheme);
                return (builder.Complete(value, Pki.Timestamp(value, TestPki.Noon)), ParseAndVerify);
        }
    }

    private static void ParseAndVerify(byte[] bytes)
    {
        var data = SignedData.Parse(bytes);
        foreach (var signer in data.Signers)
        {
            // A verdict is a value: verification itself throws for nothing.
            SignerVerification.Verify(signer, data.ContentType, Pki.Officer1.Certificate, DigestAlgorithm.Sha256.Hash([1, 2, 3]));
            _ = data.FindCertificate(signer);
        }
    }

    private static void Touch(Certificate certificate)
    {
        // Path validation reads every extension, and turns what is malformed into a verdict.
        PathValidator.Validate(certificate, [Pki.Ca.Certificate], Pki.Anchors, Pki.CleanCrls, [], TestPki.Noon);
        _ = certificate.Subject.ToString() + certificate.Thumbprint;
    }
}
