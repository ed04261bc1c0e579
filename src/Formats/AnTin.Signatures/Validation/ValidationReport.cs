// The result of a verification as records, mapping one to one to the stable JSON of `antin verify --json`.
// References: ETSI EN 319 102-1 V1.4.1 §5.1.3 (indications), §5.1.4 (sub-indications, carried by their standard names).

namespace AnTin.Signatures;

/// <summary>The file's verdict: valid only when every signature passed and nothing outside its locks changed afterwards.</summary>
public enum Verdict
{
    Unsigned = 0,
    Invalid = 1,
    Indeterminate = 2,
    Valid = 3,
}

/// <summary>EN 319 102-1 §5.1.3.</summary>
public enum Indication
{
    TotalFailed = 0,
    Indeterminate = 1,
    TotalPassed = 2,
}

public enum SignatureType
{
    Signature = 0,
    Seal = 1,
    DocumentTimestamp = 2,
    CounterSignature = 3,
}

/// <summary>What the signature does in the flow of an official document.</summary>
public enum SignatureRole
{
    Unknown = 0,
    Initial = 1,
    Official = 2,
    Seal = 3,
    Copy = 4,
    Digitised = 5,
    Result = 6,
}

public enum CertificateClass
{
    Unknown = 0,
    OfficialDuty = 1,
    Public = 2,
    Other = 3,
}

/// <summary>What was done to the document after a signature, from least to most.</summary>
public enum ChangeLevel
{
    None = 0,
    Timestamps = 1,
    FormFilling = 2,
    Annotations = 3,
    Other = 4,
}

public enum CheckResult
{
    Pass = 0,
    Info = 1,
    Warn = 2,
    Fail = 3,
}

/// <summary>One check that was made, in the order it was made.</summary>
/// <param name="Id">Stable identifier, for example <c>revocation.crl</c>.</param>
/// <param name="Reference">Section of the standard or article of law the check stands on.</param>
/// <param name="Message">In Vietnamese.</param>
/// <param name="MessageEn">In English.</param>
public sealed record ReportCheck(string Id, CheckResult Result, string Reference, string Message, string MessageEn);

/// <param name="Format"><c>pdf</c>, <c>xml</c>, <c>cms</c>, <c>asic-e</c> or <c>unknown</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record DocumentFacts(string Format, long Size, string Sha256);

/// <param name="SubIndication">Standard name such as <c>HASH_FAILURE</c>; null when passed.</param>
/// <param name="CryptoIntact">Digests and signature value check out, trust aside.</param>
/// <param name="Level"><c>PAdES-B-B</c> … <c>PKCS7</c>.</param>
/// <param name="SignedBy">Common name of the signing certificate, empty when there is none.</param>
/// <param name="Organisation">O of the signing certificate's subject, for reading aloud; null when absent.</param>
/// <param name="SerialNumber">Serial number of the signing certificate, upper-case hexadecimal; null when there is none.</param>
/// <param name="BestTime">Earliest proven time of existence; null without a valid time-stamp.</param>
public sealed record SignatureReport(
    string Id,
    SignatureType Type,
    SignatureRole Role,
    Indication Indication,
    string? SubIndication,
    bool CryptoIntact,
    string Level,
    string SignedBy,
    string? Organisation,
    string? SerialNumber,
    CertificateClass CertificateClass,
    DateTimeOffset? ClaimedTime,
    DateTimeOffset? BestTime,
    bool CoversWholeDocument,
    ChangeLevel ChangesAfter,
    bool ChangesWithinLocks,
    string Digest,
    string Algorithm,
    IReadOnlyList<ReportCheck> Checks);

/// <param name="Error">Why the file could not be read as a signed document, when it could not; then the verdict is never valid.</param>
public sealed record ValidationReport(
    Verdict Verdict,
    DocumentFacts Document,
    IReadOnlyList<SignatureReport> Signatures,
    ReportCheck? Error = null);
