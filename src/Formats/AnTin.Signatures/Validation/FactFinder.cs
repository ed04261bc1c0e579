// Finds out everything about the signatures of one file, in steps; rules come later (SignatureChecks). References: ISO 32000-2:2020, 12.8;
// ETSI EN 319 142-1 V1.2.1 §4 to §6; ETSI EN 319 102-1 V1.4.1 §5.2 (building blocks), §5.5 and §5.6 (time-stamps and proofs of existence).
using AnTin.Asn1;
using AnTin.Cms;
using AnTin.Pdf;
using AnTin.X509;

namespace AnTin.Signatures;

internal sealed class FactFinder : IDisposable
{
    // What adbe.x509.rsa_sha1 signatures are found to use, despite the name.
    private static readonly DigestAlgorithm[] RawDigests = [DigestAlgorithm.Sha1, DigestAlgorithm.Sha256, DigestAlgorithm.Sha384, DigestAlgorithm.Sha512];

    // Renewed yearly over a long life; the rest is not looked at.
    private const int MaxTimestamps = 50;

    private readonly PdfDocument _document;
    private readonly ValidationInputs _inputs;
    private readonly DocumentSecurityStore _store;
    private readonly TrustMaterial _material;
    private readonly RangeHasher _hasher = new();
    private readonly Func<ReadOnlyMemory<byte>> _fileDigest;
    private readonly List<Action> _afterHashing = [];

    public FactFinder(PdfDocument document, ValidationInputs inputs)
    {
        _document = document;
        _inputs = inputs;
        _store = DocumentSecurityStore.Read(document);
        _material = new TrustMaterial(inputs, _store);
        var length = document.Source.Length;
        _fileDigest = _hasher.Add(DigestAlgorithm.Sha256.Name, length, length, length);
    }

    /// <summary>SHA-256 of the whole file.</summary>
    public ReadOnlyMemory<byte> FileDigest => _fileDigest();

    public IEnumerable<Certificate> Certificates => _material.Certificates;

    public List<SignatureFacts> Find()
    {
        // 1. What the file holds.
        var all = ReadContainers();

        // 2. One pass over the bytes, then everything that needed a digest.
        _hasher.Run(_document.Source);
        _afterHashing.ForEach(step => step());

        // 3. What each covers, and what followed it.
        LaterChanges.Find(_document, all);

        // 4. Time: the latest document time-stamp first, each judged at the time the next later one proves.
        JudgeTimes(all);

        // 5. Trust, at the time that is proven.
        foreach (var facts in all)
        {
            JudgeTrust(facts);
            facts.Level = LevelOf(facts);
        }

        return all;
    }

    public List<SignatureFacts> ReadContainers()
    {
        var all = PdfSignature.ReadAll(_document).ConvertAll(s => new SignatureFacts(s));
        foreach (var facts in all)
        {
            ReadContainer(facts);
            facts.ClaimedTime = facts.Source.ClaimedTime ?? SigningTimeOf(facts.Signer);
        }

        return all;
    }

    /// <summary>Reads what signatures and time-stamps carry, without verifying anything.</summary>
    public void ReadContainersWithTimestamps()
    {
        foreach (var facts in ReadContainers())
        {
            foreach (var encoded in facts.Signer?.SignatureTimestamps.Take(MaxTimestamps) ?? [])
            {
                try
                {
                    var token = TimestampToken.Parse(encoded);
                    _material.Add(token.SignedData, token.Signer);
                }
                catch (Asn1FormatException)
                {
                    // Verification will say so; here only certificates are gathered.
                }
            }
        }
    }

    public void Dispose() => _hasher.Dispose();

    private void ReadContainer(SignatureFacts facts)
    {
        try
        {
            switch (facts.Source.SubFilter)
            {
                case "ETSI.RFC3161":
                    ReadDocumentTimestamp(facts);
                    break;
                case "ETSI.CAdES.detached" or "adbe.pkcs7.detached" or "adbe.pkcs7.sha1":
                    ReadCms(facts);
                    break;
                case "adbe.x509.rsa_sha1":
                    ReadRawRsa(facts);
                    break;
                default:
                    facts.FormatFault = $"unknown SubFilter '{facts.Source.SubFilter}'";
                    break;
            }
        }
        catch (Asn1FormatException e)
        {
            facts.FormatFault = e.Message;
        }

        if (facts.Source.Range is null)
        {
            facts.FormatFault ??= "ByteRange is not four numbers in order inside the file, beginning at 0";
        }
    }

    private void ReadCms(SignatureFacts facts)
    {
        var message = SignedData.Parse(facts.Source.Contents, TrailingData.AllowZeroPadding);
        facts.Cms = message;

        // ISO 32000-2, 12.8.3.3.1; EN 319 142-1 §4.1: only one signer.
        if (message.Signers.Count != 1)
        {
            facts.FormatFault = $"{message.Signers.Count} signers where one is allowed";
            return;
        }

        var signer = facts.Signer = message.Signers[0];
        _material.Add(message, signer);
        facts.Certificate = _material.Find(message, signer);
        facts.Digest = DigestAlgorithm.FromOid(signer.DigestAlgorithm.Oid);
        facts.Algorithm = signer.Algorithm;
        if (facts.Digest is not { IsSupported: true } digest || facts.Source.Range is not { } range)
        {
            facts.SignatureValue = SignatureCheck.UnsupportedAlgorithm;
            return;
        }

        if (facts.Source.SubFilter == "adbe.pkcs7.sha1")
        {
            // 12.8.3.3.2: the SHA-1 of the range is the content that travels inside.
            var sha1 = Ask(DigestAlgorithm.Sha1, range);
            _afterHashing.Add(() => VerifyCms(facts, digest.Hash(message.Content.GetValueOrDefault().Span), message.Content.GetValueOrDefault().Span.SequenceEqual(sha1().Span)));
            return;
        }

        var computed = Ask(digest, range);
        _afterHashing.Add(() => VerifyCms(facts, computed().Span, true));
    }

    private static void VerifyCms(SignatureFacts facts, ReadOnlySpan<byte> contentDigest, bool contentAgrees)
    {
        if (facts.Certificate is null)
        {
            // Without the key only the digest can be compared.
            facts.DigestAgrees = contentAgrees && DigestIn(facts.Signer!) is { } own && own.Span.SequenceEqual(contentDigest);
            return;
        }

        var verification = SignerVerification.Verify(facts.Signer!, facts.Cms!.ContentType, facts.Certificate, contentDigest);
        facts.DigestAgrees = contentAgrees && verification.DigestAgrees;
        facts.SignatureValue = verification.ContentTypeAgrees ? verification.Signature : SignatureCheck.Invalid;
        facts.Ess = verification.Ess;
        facts.FormatFault ??= verification.Problem;
    }

    private void ReadDocumentTimestamp(SignatureFacts facts)
    {
        var token = facts.Token = TimestampToken.Parse(facts.Source.Contents, TrailingData.AllowZeroPadding);
        facts.Cms = token.SignedData;
        facts.Signer = token.Signer;
        _material.Add(token.SignedData, token.Signer);
        facts.Certificate = _material.Find(token.SignedData, token.Signer);
        facts.Digest = token.Info.Imprint.Digest;
        facts.Algorithm = token.Signer.Algorithm;
        if (facts.Digest is not { IsSupported: true } digest || facts.Source.Range is not { } range)
        {
            facts.SignatureValue = SignatureCheck.UnsupportedAlgorithm;
            return;
        }

        var computed = Ask(digest, range);
        _afterHashing.Add(() =>
        {
            var verification = token.VerifyDigest(computed().Span, _material.Certificates);
            facts.DigestAgrees = verification.ImprintAgrees;
            facts.SignatureValue = verification.Signer is not { } signer ? SignatureCheck.Invalid
                : signer.IsIntact ? SignatureCheck.Valid
                : signer.Signature == SignatureCheck.UnsupportedAlgorithm ? signer.Signature : SignatureCheck.Invalid;
            facts.Ess = verification.Signer?.Ess ?? EssCheck.Absent;
            facts.FormatFault ??= verification.Signer?.Problem;
        });
    }

    // 12.8.3.2: Contents is a DER OCTET STRING with a PKCS #1 value, /Cert holds the chain, the signer's first.
    private void ReadRawRsa(SignatureFacts facts)
    {
        var reader = Asn1Reader.Ber(facts.Source.Contents, "Contents", Asn1Limits.Small);
        var value = reader.ReadOctetString("signature");
        foreach (var bytes in facts.Source.Certificates)
        {
            if (Certificate.TryParse(bytes, out var certificate))
            {
                _material.Add(certificate);
                facts.Certificate ??= _material.Known(certificate);
            }
        }

        facts.Digest = DigestAlgorithm.Sha1;
        if (facts.Certificate is null || facts.Source.Range is not { } range)
        {
            return;
        }

        foreach (var digest in RawDigests)
        {
            var computed = Ask(digest, range);
            _afterHashing.Add(() =>
            {
                var algorithm = SignatureAlgorithm.Pkcs1(digest);
                if (facts.SignatureValue != SignatureCheck.Valid)
                {
                    facts.SignatureValue = SignatureVerification.CheckHash(facts.Certificate.PublicKey, algorithm, computed().Span, value.Span);
                    (facts.Digest, facts.Algorithm) = facts.SignatureValue == SignatureCheck.Valid ? (digest, algorithm) : (facts.Digest, facts.Algorithm);
                    facts.DigestAgrees = facts.SignatureValue == SignatureCheck.Valid;
                }
            });
        }
    }

    private void JudgeTimes(List<SignatureFacts> all)
    {
        var control = _inputs.At;
        DateTimeOffset? covered = null;
        for (var i = all.Count - 1; i >= 0; i--)
        {
            var facts = all[i];
            facts.CoveredAt = covered;
            if (facts.Source.IsDocumentTimestamp)
            {
                facts.JudgedAt = control;
                facts.BestTime = covered;
                if (facts.CryptoIntact && facts.RangeFault is null && facts.Certificate is { } certificate
                    && _material.Judge(certificate, control, [Oids.TimeStamping]).IsValid && facts.Token!.Info.Time <= control)
                {
                    facts.BestTime = covered = control = facts.Token.Info.Time;
                }

                continue;
            }

            ReadSignatureTimestamps(facts, control);
            var proofs = facts.Timestamps.Where(t => t.IsTrusted && t.Time <= _inputs.At).Select(t => t.Time).Append(covered);
            facts.BestTime = proofs.Min();
            facts.JudgedAt = facts.BestTime ?? _inputs.At;
        }
    }

    private void ReadSignatureTimestamps(SignatureFacts facts, DateTimeOffset control)
    {
        if (facts.Signer is not { } signer || facts.FormatFault is not null)
        {
            return;
        }

        foreach (var encoded in signer.SignatureTimestamps.Take(MaxTimestamps))
        {
            try
            {
                var token = TimestampToken.Parse(encoded);
                _material.Add(token.SignedData, token.Signer);
                var verification = token.Verify(signer.Signature.Span, _material.Certificates);
                var path = verification.Certificate is { } c ? _material.Judge(_material.Known(c), control, [Oids.TimeStamping]) : null;
                facts.Timestamps.Add(new TimestampFacts(token, verification, path));
            }
            catch (Asn1FormatException)
            {
                facts.Timestamps.Add(new TimestampFacts(null, null, null));
            }
        }
    }

    private void JudgeTrust(SignatureFacts facts)
    {
        facts.Type = facts.Source.IsDocumentTimestamp ? SignatureType.DocumentTimestamp : SignatureType.Signature;
        if (facts.Certificate is not { } certificate)
        {
            return;
        }

        facts.Path = _material.Judge(certificate, facts.JudgedAt, facts.Source.IsDocumentTimestamp ? [Oids.TimeStamping] : []);
        facts.Class = !facts.HasChain ? CertificateClass.Unknown : facts.Path.Anchor!.Class switch
        {
            TrustClass.OfficialDuty => CertificateClass.OfficialDuty,
            TrustClass.Public => CertificateClass.Public,
            _ => CertificateClass.Other,
        };
        if (!facts.Source.IsDocumentTimestamp)
        {
            facts.Type = SignerKind.IsOrganisation(certificate, facts.Class, _inputs.Policy) ? SignatureType.Seal : SignatureType.Signature;
            facts.Role = SignerKind.RoleOf(facts.Source.FieldName, facts.Type);
        }
    }

    // EN 319 142-1 §6: each level adds to the one below. A time-stamp that does not fit its signature adds nothing.
    private string LevelOf(SignatureFacts facts)
    {
        if (facts.Source.SubFilter is not ("ETSI.CAdES.detached" or "ETSI.RFC3161"))
        {
            return "PKCS7";
        }

        var stamped = facts.Source.IsDocumentTimestamp || facts.Timestamps.Exists(t => t.IsIntact);
        if (!stamped && facts.CoveredAt is null)
        {
            return "PAdES-B-B";
        }

        return !_store.HasRevocationData ? "PAdES-B-T" : facts.CoveredAt is not null ? "PAdES-B-LTA" : "PAdES-B-LT";
    }

    private Func<ReadOnlyMemory<byte>> Ask(DigestAlgorithm digest, (long HoleStart, long HoleEnd, long End) range) =>
        _hasher.Add(digest.Name, range.HoleStart, range.HoleEnd, range.End);

    private static ReadOnlyMemory<byte>? DigestIn(SignerInfo signer)
    {
        try
        {
            return signer.MessageDigest;
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }

    private static DateTimeOffset? SigningTimeOf(SignerInfo? signer)
    {
        try
        {
            return signer?.SigningTime;
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }
}
