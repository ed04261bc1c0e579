// The stable JSON of a verification (docs/specs/verification-json.md): one writer for the command line, the HTTP API and the tests.
// Names of indications as in ETSI EN 319 102-1 V1.4.1 §5.1.3; instants as ISO 8601 in UTC.

using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AnTin.Signatures;

public static class ReportJson
{
    // Letters stay readable; what could end a script element or an attribute is still escaped.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    /// <summary>UTF-8 JSON without a byte order mark.</summary>
    /// <param name="english">Language of the messages of checks; Vietnamese otherwise.</param>
    /// <param name="indented">False gives one line, for JSON lines.</param>
    /// <param name="file">Name of the verified file as the caller knows it; left out when null.</param>
    public static byte[] Write(ValidationReport report, bool english = false, bool indented = true, string? file = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = Encoder }))
        {
            json.WriteStartObject();
            if (file is not null)
                json.WriteString("file", file);
            json.WriteString("verdict", NameOf(report.Verdict));
            WriteDocument(json, report.Document);
            json.WriteStartArray("signatures");
            foreach (SignatureReport signature in report.Signatures)
                WriteSignature(json, signature, english);
            json.WriteEndArray();
            if (report.Error is not null)
            {
                json.WritePropertyName("error");
                WriteCheck(json, report.Error, english);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteDocument(Utf8JsonWriter json, DocumentFacts document)
    {
        json.WriteStartObject("document");
        json.WriteString("format", document.Format);
        json.WriteNumber("size", document.Size);
        json.WriteString("sha256", document.Sha256);
        json.WriteEndObject();
    }

    private static void WriteSignature(Utf8JsonWriter json, SignatureReport signature, bool english)
    {
        json.WriteStartObject();
        json.WriteString("id", signature.Id);
        json.WriteString("type", NameOf(signature.Type));
        json.WriteString("role", NameOf(signature.Role));
        json.WriteString("indication", NameOf(signature.Indication));
        json.WriteString("subIndication", signature.SubIndication);
        json.WriteBoolean("cryptoIntact", signature.CryptoIntact);
        json.WriteString("level", signature.Level);
        json.WriteString("signedBy", signature.SignedBy);
        json.WriteString("organisation", signature.Organisation);
        json.WriteString("serialNumber", signature.SerialNumber);
        json.WriteString("certificateClass", NameOf(signature.CertificateClass));
        json.WriteString("claimedTime", Instant(signature.ClaimedTime));
        json.WriteString("bestTime", Instant(signature.BestTime));
        json.WriteBoolean("coversWholeDocument", signature.CoversWholeDocument);
        json.WriteString("changesAfter", NameOf(signature.ChangesAfter));
        json.WriteBoolean("changesWithinLocks", signature.ChangesWithinLocks);
        json.WriteString("digest", signature.Digest);
        json.WriteString("algorithm", signature.Algorithm);
        json.WriteStartArray("checks");
        foreach (ReportCheck check in signature.Checks)
            WriteCheck(json, check, english);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCheck(Utf8JsonWriter json, ReportCheck check, bool english)
    {
        json.WriteStartObject();
        json.WriteString("id", check.Id);
        json.WriteString("result", NameOf(check.Result));
        json.WriteString("reference", check.Reference);
        json.WriteString("message", english ? check.MessageEn : check.Message);
        json.WriteEndObject();
    }

    private static string? Instant(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Valid => "valid",
        Verdict.Invalid => "invalid",
        Verdict.Indeterminate => "indeterminate",
        Verdict.Unsigned => "unsigned",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    public static string NameOf(Indication indication) => indication switch
    {
        Indication.TotalPassed => "TOTAL_PASSED",
        Indication.TotalFailed => "TOTAL_FAILED",
        Indication.Indeterminate => "INDETERMINATE",
        _ => throw new ArgumentOutOfRangeException(nameof(indication)),
    };

    public static string NameOf(SignatureType type) => type switch
    {
        SignatureType.Signature => "signature",
        SignatureType.Seal => "seal",
        SignatureType.DocumentTimestamp => "documentTimestamp",
        SignatureType.CounterSignature => "counterSignature",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static string NameOf(SignatureRole role) => role switch
    {
        SignatureRole.Initial => "initial",
        SignatureRole.Official => "official",
        SignatureRole.Seal => "seal",
        SignatureRole.Copy => "copy",
        SignatureRole.Digitised => "digitised",
        SignatureRole.Result => "result",
        SignatureRole.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    public static string NameOf(CertificateClass kind) => kind switch
    {
        CertificateClass.OfficialDuty => "official-duty",
        CertificateClass.Public => "public",
        CertificateClass.Other => "other",
        CertificateClass.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public static string NameOf(ChangeLevel changes) => changes switch
    {
        ChangeLevel.None => "none",
        ChangeLevel.Timestamps => "timestamps",
        ChangeLevel.FormFilling => "formFilling",
        ChangeLevel.Annotations => "annotations",
        ChangeLevel.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(changes)),
    };

    public static string NameOf(CheckResult result) => result switch
    {
        CheckResult.Pass => "pass",
        CheckResult.Fail => "fail",
        CheckResult.Warn => "warn",
        CheckResult.Info => "info",
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };
}
