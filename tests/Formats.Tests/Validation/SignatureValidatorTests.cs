using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.TestKit.Pki;
using AnTin.X509;
using static AnTin.Formats.Tests.Validation.SignedSample;

namespace AnTin.Formats.Tests.Validation;

public sealed class SignatureValidatorTests
{
    private static readonly DateTimeOffset Morning = TestPki.Noon.AddHours(-2);

    [Fact]
    public void An_official_duty_signature_passes_and_tells_who_when_and_in_what_capacity()
    {
        var report = Validate(Sign(Blank, Pki.Officer1, claimed: Morning), Inputs());
        Assert.Equal(Verdict.Valid, report.Verdict);
        var signature = Assert.Single(report.Signatures);
        Assert.Equal(Indication.TotalPassed, signature.Indication);
        Assert.Null(signature.SubIndication);
        Assert.True(signature.CryptoIntact);
        Assert.Equal("Nguyễn Văn Một", signature.SignedBy);
        Assert.Equal("ỦY BAN NHÂN DÂN TỈNH AN BÌNH", signature.Organisation);
        Assert.Equal(CertificateClass.OfficialDuty, signature.CertificateClass);
        Assert.Equal(SignatureType.Signature, signature.Type);
        Assert.Equal(SignatureRole.Official, signature.Role);
        Assert.Equal("PAdES-B-B", signature.Level);
        Assert.Equal(Morning, signature.ClaimedTime);
        Assert.Null(signature.BestTime);
        Assert.True(signature.CoversWholeDocument);
        Assert.Equal(ChangeLevel.None, signature.ChangesAfter);
        Assert.Equal(("SHA256", "RSA-PKCS1"), (signature.Digest, signature.Algorithm));
        Assert.DoesNotContain(signature.Checks, c => c.Result is CheckResult.Fail or CheckResult.Warn);
        Assert.All(signature.Checks, c => Assert.True(c.Reference.Length > 0 && c.Message.Length > 0 && c.MessageEn.Length > 0));
    }

    [Theory]
    [InlineData(SignatureScheme.RsaPkcs1Sha512, "RSA-PKCS1", "SHA512")]
    [InlineData(SignatureScheme.RsaPssSha256, "RSA-PSS", "SHA256")]
    [InlineData(SignatureScheme.RsaPssSha384, "RSA-PSS", "SHA384")]
    [InlineData(SignatureScheme.EcdsaP256Sha256, "ECDSA", "SHA256")]
    public void Every_scheme_is_verified_and_named(SignatureScheme scheme, string algorithm, string digest)
    {
        var credential = scheme == SignatureScheme.EcdsaP256Sha256 ? Pki.Officer2 : Pki.Officer1;
        var signature = Only(Sign(Blank, credential, scheme: scheme), Inputs());
        Assert.Equal(Indication.TotalPassed, signature.Indication);
        Assert.Equal((algorithm, digest), (signature.Algorithm, signature.Digest));
    }

    [Fact]
    public void A_seal_is_told_from_a_person()
    {
        var report = Validate(Sign(Sign(Blank, Pki.Officer1, "AnTin.Initial1"), Pki.Seal, "AnTin.Seal"), Inputs());
        Assert.Equal([(SignatureType.Signature, SignatureRole.Initial), (SignatureType.Seal, SignatureRole.Seal)],
            report.Signatures.Select(s => (s.Type, s.Role)));
        Assert.Equal("ỦY BAN NHÂN DÂN TỈNH AN BÌNH", report.Signatures[1].SignedBy);
        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal([ChangeLevel.FormFilling, ChangeLevel.None], report.Signatures.Select(s => s.ChangesAfter));
        Assert.Equal([false, true], report.Signatures.Select(s => s.CoversWholeDocument));
        Assert.Equal(SignatureRole.Seal, Only(Sign(Blank, Pki.Seal, "Field7"), Inputs()).Role);
        Assert.Equal(SignatureRole.Unknown, Only(Sign(Blank, Pki.Officer1, "Field7"), Inputs()).Role);
    }

    [Fact]
    public void The_configured_policy_decides_what_a_seal_is()
    {
        var policy = ValidationPolicy.Default with { SealPolicies = ["1.3.6.1.4.1.99999.2"] };
        Assert.Equal(SignatureType.Signature, Only(Sign(Blank, Pki.Seal), Inputs() with { Policy = policy }).Type);
    }

    [Fact]
    public void Any_changed_octet_of_what_is_signed_is_found()
    {
        var file = Sign(Blank, Pki.Officer2);
        var (hole, holeEnd) = Hole(file);
        var random = new Random(5);
        for (var i = 0; i < 60; i++)
        {
            var at = random.Next(file.Length);
            if (at >= hole && at < holeEnd)
            {
                continue;
            }

            var changed = file.ToArray();
            changed[at] ^= (byte)(1 << random.Next(8));
            var report = Validate(changed, Inputs());
            Assert.NotEqual(Verdict.Valid, report.Verdict);
            Assert.DoesNotContain(report.Signatures, s => s.CryptoIntact);
        }

        var signature = Only(WithAnotherHeaderComment(file), Inputs());
        Assert.Equal((Indication.TotalFailed, "HASH_FAILURE"), (signature.Indication, signature.SubIndication));
    }

    [Fact]
    public void A_damaged_signature_value_is_found()
    {
        var file = Sign(Blank, Pki.Officer1);
        var (hole, end) = Hole(file);
        var contents = Convert.FromHexString(file.AsSpan(hole + 1, end - hole - 2));
        var at = hole + 1 + (2 * contents.AsSpan().LastIndexOfAnyExcept((byte)0)) + 1;
        file[at] = file[at] == (byte)'0' ? (byte)'1' : (byte)'0';
        var signature = Only(file, Inputs());
        Assert.Equal((Indication.TotalFailed, "SIG_CRYPTO_FAILURE"), (signature.Indication, signature.SubIndication));
        Assert.False(signature.CryptoIntact);
    }

    [Fact]
    public void Without_anchors_the_cryptography_is_told_and_nothing_is_trusted()
    {
        var report = Validate(Sign(Blank, Pki.Officer1), new ValidationInputs { At = TestPki.Noon });
        var signature = Assert.Single(report.Signatures);
        Assert.True(signature.CryptoIntact);
        Assert.Equal((Indication.Indeterminate, "NO_CERTIFICATE_CHAIN_FOUND"), (signature.Indication, signature.SubIndication));
        Assert.Equal(CertificateClass.Unknown, signature.CertificateClass);
        Assert.Equal(Verdict.Indeterminate, report.Verdict);
    }

    [Fact]
    public void Without_revocation_data_one_must_try_later()
    {
        var signature = Only(Sign(Blank, Pki.Officer1), Inputs() with { Crls = [] });
        Assert.Equal((Indication.Indeterminate, "TRY_LATER"), (signature.Indication, signature.SubIndication));
        Assert.Equal(CertificateClass.OfficialDuty, signature.CertificateClass);
    }

    [Fact]
    public void A_public_certificate_is_valid_with_a_warning()
    {
        var report = Validate(Sign(Blank, Pki.Public1), Inputs());
        var signature = Assert.Single(report.Signatures);
        Assert.Equal((Verdict.Valid, CertificateClass.Public), (report.Verdict, signature.CertificateClass));
        var warning = Assert.Single(signature.Checks, c => c.Result == CheckResult.Warn);
        Assert.Equal("trust.class", warning.Id);
        Assert.Contains("68/2024", warning.Reference, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, null, Indication.TotalFailed, "REVOKED", "signed after the revocation, by its own statement")]
    [InlineData(-5, null, Indication.Indeterminate, "REVOKED_NO_POE", "claims to be older, and proves nothing")]
    [InlineData(null, null, Indication.Indeterminate, "REVOKED_NO_POE", "claims nothing")]
    [InlineData(-5, -5, Indication.TotalPassed, null, "a time-stamp proves that it is older")]
    [InlineData(-5, -1, Indication.Indeterminate, "REVOKED_NO_POE", "a time-stamp after the revocation proves nothing")]
    public void A_revoked_certificate_is_judged_by_what_is_proven(int? claimedDays, int? stampedDays, Indication indication, string? sub, string why)
    {
        var entry = new RevokedCertificate(Pki.Officer1.Certificate.SerialNumber, TestPki.Noon.AddDays(-3), RevocationReason.KeyCompromise);
        var file = Sign(Blank, Pki.Officer1, claimed: At(claimedDays), stampedAt: At(stampedDays));
        var signature = Only(file, Inputs(null, TestPki.Crl(Pki.Root), TestPki.Crl(Pki.Ca, entry)));
        Assert.True((indication, sub) == (signature.Indication, signature.SubIndication), $"{why}: {signature.Indication} {signature.SubIndication}");

        static DateTimeOffset? At(int? days) => days is { } d ? TestPki.Noon.AddDays(d) : null;
    }

    [Theory]
    [InlineData(null, false, Indication.Indeterminate, "OUT_OF_BOUNDS_NO_POE", "no proof of time")]
    [InlineData(6, false, Indication.TotalFailed, "EXPIRED", "signed after the end, by its own statement")]
    [InlineData(1, true, Indication.TotalPassed, null, "proven to be older")]
    public void An_expired_certificate_is_judged_by_what_is_proven(int? claimedYears, bool stamped, Indication indication, string? sub, string why)
    {
        // The time-stamping authority here outlives the officer; the CRLs come from before the officer's end.
        var later = TestPki.Begin.AddYears(5).AddDays(10);
        var officer = Pki.Issue(Pki.Ca, NameBuilder.Officer("Võ Thị Năm", "An Bình", "SỞ A", ["PHÒNG B"], "nam@anbinh.example"), AnTin.Keys.KeyKind.EcP256,
            (key, issuer) => CertificateTemplate.Officer(key, issuer.Certificate, IssuerPointers.None, null, []), years: 3);
        var claimed = claimedYears is { } years ? TestPki.Begin.AddYears(years) : default(DateTimeOffset?);
        var at = stamped ? TestPki.Begin.AddYears(4) : later;
        var file = Sign(Blank, officer, claimed: claimed, stampedAt: stamped ? claimed : null);
        var crl = TestPki.CrlAt(Pki.Ca, TestPki.Begin.AddYears(3).AddDays(-1), at.AddDays(1));
        var signature = Only(file, Inputs(at, TestPki.CrlAt(Pki.Root, at.AddDays(-1), at.AddDays(1)), crl));
        Assert.True((indication, sub) == (signature.Indication, signature.SubIndication), $"{why}: {signature.Indication} {signature.SubIndication}");
    }

    [Fact]
    public void A_signature_older_than_its_certificate_fails()
    {
        var signature = Only(Sign(Blank, Pki.Officer1, claimed: TestPki.Begin.AddDays(-3)), Inputs(TestPki.Begin.AddDays(-2)));
        Assert.Equal((Indication.TotalFailed, "NOT_YET_VALID"), (signature.Indication, signature.SubIndication));
    }

    [Fact]
    public void A_signature_time_stamp_gives_the_best_time_and_the_level()
    {
        var signature = Only(Sign(Blank, Pki.Officer1, claimed: Morning, stampedAt: Morning.AddMinutes(1)), Inputs());
        Assert.Equal(Indication.TotalPassed, signature.Indication);
        Assert.Equal(Morning.AddMinutes(1), signature.BestTime);
        Assert.Equal("PAdES-B-T", signature.Level);
    }

    [Fact]
    public void A_time_stamp_of_an_unknown_authority_proves_nothing()
    {
        var inputs = Inputs() with { Anchors = [new TrustAnchor(Pki.PublicRoot.Certificate, TrustClass.Public)] };
        var signature = Only(Sign(Blank, Pki.Public1, stampedAt: Morning), inputs);
        Assert.Null(signature.BestTime);
        Assert.Contains(signature.Checks, c => c is { Id: "time.stamp", Result: CheckResult.Warn });
    }

    [Fact]
    public void A_document_time_stamp_with_a_store_makes_the_level_LTA_and_carries_its_own_revocation_data()
    {
        var signed = Sign(Blank, Pki.Officer1, claimed: Morning, stampedAt: Morning);
        var file = StampDocument(signed, Morning.AddMinutes(5), withStore: true);
        var report = Validate(file, Inputs() with { Crls = [], Certificates = [] });
        Assert.Equal(2, report.Signatures.Count);
        var (signature, stamp) = (report.Signatures[0], report.Signatures[1]);
        Assert.Equal(SignatureType.DocumentTimestamp, stamp.Type);
        Assert.True(stamp.Indication == Indication.TotalPassed, string.Join('\n', stamp.Checks));
        Assert.True(stamp.CoversWholeDocument);
        Assert.Equal(Indication.TotalPassed, signature.Indication);
        Assert.Equal("PAdES-B-LTA", signature.Level);
        Assert.Equal((Verdict.Valid, ChangeLevel.Timestamps), (report.Verdict, signature.ChangesAfter));
        Assert.Equal(Morning, signature.BestTime);
        Assert.False(signature.CoversWholeDocument);
    }

    [Fact]
    public void A_document_time_stamp_alone_proves_the_time_of_an_older_signature()
    {
        var file = StampDocument(Sign(Blank, Pki.Officer1), Morning, withStore: false);
        var signature = Validate(file, Inputs()).Signatures[0];
        Assert.Equal((Morning, "PAdES-B-T"), (signature.BestTime, signature.Level));
    }

    [Fact]
    public void A_time_stamp_later_than_the_one_over_it_contradicts_the_order()
    {
        var file = StampDocument(Sign(Blank, Pki.Officer1, stampedAt: Morning.AddMinutes(30)), Morning, withStore: false);
        var signature = Validate(file, Inputs()).Signatures[0];
        Assert.Equal((Indication.Indeterminate, "TIMESTAMP_ORDER_FAILURE"), (signature.Indication, signature.SubIndication));
    }

    [Fact]
    public void An_algorithm_past_its_day_is_not_decided()
    {
        var policy = ValidationPolicy.Default with { Algorithms = [new AlgorithmRule("SHA256", 0, new DateOnly(2026, 6, 1)), new AlgorithmRule("RSA", 2048, null), new AlgorithmRule("EC", 256, null)] };
        var file = Sign(Blank, Pki.Officer1);
        Assert.Equal("CRYPTO_CONSTRAINTS_FAILURE_NO_POE", Only(file, Inputs() with { Policy = policy }).SubIndication);
        var stamped = Sign(Blank, Pki.Officer1, stampedAt: new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Null(Only(stamped, Inputs() with { Policy = policy }).SubIndication);
        var keys = ValidationPolicy.Default with { Algorithms = [.. ValidationPolicy.Default.Algorithms.Where(a => a.Name != "RSA"), new AlgorithmRule("RSA", 3072, null)] };
        Assert.Contains(Only(file, Inputs() with { Policy = keys }).Checks, c => c is { Id: "algorithm.key", Result: CheckResult.Fail });
    }

    [Fact]
    public void A_policy_lowers_a_level_but_never_that_of_cryptography()
    {
        var policy = ValidationPolicy.Parse("""{"name":"thử","levels":{"trust.revocation":"warn","crypto.digest":"ignore","trust.class":"ignore"}}"""u8);
        Assert.Equal(Indication.TotalPassed, Only(Sign(Blank, Pki.Officer1), Inputs() with { Crls = [], Policy = policy }).Indication);
        Assert.DoesNotContain(Only(Sign(Blank, Pki.Public1), Inputs() with { Policy = policy }).Checks, c => c.Id == "trust.class");
        Assert.Equal("HASH_FAILURE", Only(WithAnotherHeaderComment(Sign(Blank, Pki.Officer1)), Inputs() with { Policy = policy }).SubIndication);
    }

    [Theory]
    [InlineData("{\"levels\":{\"no.such\":\"warn\"}}")]
    [InlineData("{\"levels\":{\"trust.class\":\"maybe\"}}")]
    [InlineData("{\"unknown\":1}")]
    [InlineData("null")]
    [InlineData("{")]
    public void A_policy_that_is_none_is_refused(string json) =>
        Assert.Throws<FormatException>(() => ValidationPolicy.Parse(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_file_without_signatures_is_unsigned_and_one_that_is_no_PDF_is_told()
    {
        Assert.Equal(Verdict.Unsigned, Validate(Blank, Inputs()).Verdict);
        var text = Validate("hello"u8.ToArray(), Inputs());
        Assert.Equal(("unknown", Verdict.Invalid), (text.Document.Format, text.Verdict));
        Assert.NotNull(text.Error);
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", text.Document.Sha256);
        Assert.NotNull(Validate([], Inputs()).Error);
        Assert.Equal("pdf", Validate(Blank[..^200], Inputs()).Document.Format);
    }

    [Theory]
    [InlineData("wider", "the hole swallows octets beside the value")]
    [InlineData("shorter", "the end is left out")]
    [InlineData("later", "the beginning is left out")]
    public void A_byte_range_that_leaves_something_out_is_a_format_failure(string how, string why)
    {
        var file = Sign(Blank, Pki.Officer1);
        var at = file.AsSpan().IndexOf("/ByteRange"u8);
        var open = at + file.AsSpan(at).IndexOf((byte)'[');
        var close = open + file.AsSpan(open).IndexOf((byte)']');
        var numbers = System.Text.Encoding.ASCII.GetString(file.AsSpan(open + 1, close - open - 1)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToArray();
        var changed = how switch
        {
            "wider" => $"0 {numbers[1] - 10} {numbers[2]} {numbers[3]}",
            "shorter" => $"0 {numbers[1]} {numbers[2]} {numbers[3] - 50}",
            _ => $"5 {numbers[1] - 5} {numbers[2]} {numbers[3]}",
        };
        System.Text.Encoding.ASCII.GetBytes(changed.PadRight(close - open - 1)).CopyTo(file, open + 1);
        var signature = Only(file, Inputs());
        Assert.True((Indication.TotalFailed, "FORMAT_FAILURE") == (signature.Indication, signature.SubIndication), why);
    }

    [Fact]
    public void Octets_after_the_end_are_not_covered()
    {
        byte[] file = [.. Sign(Blank, Pki.Officer1), .. "%appended"u8];
        var report = Validate(file, Inputs());
        Assert.NotEqual(Verdict.Valid, report.Verdict);
        Assert.DoesNotContain(report.Signatures, s => s.CoversWholeDocument);
    }

    [Fact]
    public void A_note_put_on_the_page_leaves_the_signature_right_and_the_verdict_open()
    {
        var report = Validate(AddNote(Sign(Blank, Pki.Officer1)), Inputs());
        var signature = Assert.Single(report.Signatures);
        Assert.Equal((Indication.TotalPassed, ChangeLevel.Annotations), (signature.Indication, signature.ChangesAfter));
        Assert.Equal(Verdict.Indeterminate, report.Verdict);
        Assert.Contains(signature.Checks, c => c is { Id: "document.changes", Result: CheckResult.Warn });
    }

    [Fact]
    public void Certificates_in_the_file_are_given_to_who_fetches_status()
    {
        var found = SignatureValidator.ReadCertificates(new MemorySource(Sign(Blank, Pki.Officer1, stampedAt: Morning)));
        Assert.Contains(Pki.Officer1.Certificate, found);
        Assert.Contains(Pki.Ca.Certificate, found);
        Assert.Contains(Pki.Tsa.Certificate, found);
        Assert.Empty(SignatureValidator.ReadCertificates(new MemorySource("no PDF"u8.ToArray())));
    }

    [Fact]
    public void The_JSON_says_the_same()
    {
        var report = Validate(Sign(Blank, Pki.Officer1, claimed: Morning), Inputs());
        using var json = JsonDocument.Parse(ReportJson.Write(report, english: true));
        var signature = json.RootElement.GetProperty("signatures")[0];
        Assert.Equal("valid", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("official-duty", signature.GetProperty("certificateClass").GetString());
        Assert.Equal("TOTAL_PASSED", signature.GetProperty("indication").GetString());
        Assert.Equal("official", signature.GetProperty("role").GetString());
    }

    [Fact]
    public void A_source_that_is_no_memory_gives_the_same_report()
    {
        var file = Sign(Sign(Blank, Pki.Officer1, "A"), Pki.Seal, "B");
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            using var source = new FileSource(path);
            Assert.Equal(ReportJson.Write(Validate(file, Inputs())), ReportJson.Write(SignatureValidator.Validate(source, Inputs())));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("D:20260615120000+07'00'", "2026-06-15T12:00:00+07:00")]
    [InlineData("D:20260615120000+07'00", "2026-06-15T12:00:00+07:00")]
    [InlineData("D:20260615120000Z", "2026-06-15T12:00:00Z")]
    [InlineData("D:20260615120000-0330", "2026-06-15T12:00:00-03:30")]
    [InlineData("20260615", "2026-06-15T00:00:00Z")]
    [InlineData("D:2026", "2026-01-01T00:00:00Z")]
    [InlineData("D:20261315120000Z", null)]
    [InlineData("D:2026061512000", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Dates_of_PDF(string text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected), PdfDate.Parse(text));

    [Fact]
    public void A_small_file_that_unfolds_to_gigabytes_is_refused_at_little_cost()
    {
        byte[] bomb = ObjectStreamBomb(512);
        long before = GC.GetTotalAllocatedBytes(precise: true);

        ValidationReport report = Validate(bomb, SignedSample.Inputs());

        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - before < 160L * 1024 * 1024);
        Assert.Equal(Verdict.Invalid, report.Verdict);
        Assert.Contains("limit.decoded-bytes", report.Error!.MessageEn, StringComparison.Ordinal);
        Assert.DoesNotContain("tampered", report.Error.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_file_without_visible_signatures_is_not_called_unsigned()
    {
        string plain = Encoding.Latin1.GetString(SignedSample.Blank);
        int trailer = plain.LastIndexOf("/Root", StringComparison.Ordinal);
        byte[] encrypted = Encoding.Latin1.GetBytes(plain[..trailer] + "/Encrypt << /Filter /Standard /V 5 >> " + plain[trailer..]);

        ValidationReport report = Validate(encrypted, SignedSample.Inputs());

        Assert.Equal((Verdict.Indeterminate, "document.encrypted"), (report.Verdict, report.Error?.Id));
    }

    // The catalog in an object stream of so many MiB of spaces.
    private static byte[] ObjectStreamBomb(int mebibytes)
    {
        byte[] spaces = new byte[1024 * 1024];
        Array.Fill(spaces, (byte)' ');
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int i = 0; i < mebibytes; i++)
                deflate.Write(spaces);
        }
        using var file = new MemoryStream();
        void Put(string text) => file.Write(Encoding.Latin1.GetBytes(text));
        Put("%PDF-1.7\n");
        long holder = file.Position;
        Put($"2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {packed.Length}>>\nstream\n");
        file.Write(packed.GetBuffer(), 0, (int)packed.Length);
        Put("\nendstream\nendobj\n");
        long table = file.Position;
        Put("3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 1 0 R/Length 28>>\nstream\n");
        foreach ((byte kind, long second) in new (byte, long)[] { (0, 0), (2, 2), (1, holder), (1, table) })
        {
            byte[] entry = [kind, 0, 0, 0, 0, 0, 0];
            BinaryPrimitives.WriteUInt32BigEndian(entry.AsSpan(1), (uint)second);
            file.Write(entry);
        }
        Put($"\nendstream\nendobj\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();
    }

    // The comment of binary octets after the header: the structure stays as it is, only the digest changes.
    private static byte[] WithAnotherHeaderComment(byte[] file)
    {
        var changed = file.ToArray();
        changed[file.AsSpan().IndexOf((byte)'%') + file.AsSpan(1).IndexOf((byte)'%') + 3] ^= 1;
        return changed;
    }

    private static SignatureReport Only(byte[] file, ValidationInputs inputs) => Assert.Single(Validate(file, inputs).Signatures);

    private static ValidationReport Validate(byte[] file, ValidationInputs inputs) => SignatureValidator.Validate(new MemorySource(file), inputs);
}
