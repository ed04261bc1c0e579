using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>What one incremental update did to the document.</summary>
public enum ChangeKind
{
    /// <summary>Dates and producer in the information dictionary, the metadata stream, extensions.</summary>
    Metadata,

    /// <summary>Certificates, CRLs and OCSP responses for validation (DSS).</summary>
    ValidationData,

    /// <summary>A document time-stamp in an invisible field.</summary>
    Timestamp,

    /// <summary>Value, appearance or read-only flag of a field that was there.</summary>
    FieldFilled,

    /// <summary>A signature in a field that was there.</summary>
    FieldSigned,

    /// <summary>A signature together with its field.</summary>
    SignatureFieldAdded,

    /// <summary>An annotation (comment, stamp, mark) added, changed or removed.</summary>
    Annotation,

    /// <summary>Anything else: page content, fields, structure, or an update that is not well formed.</summary>
    Other,
}

/// <summary>One change between two revisions.</summary>
/// <param name="Revision">Index of the revision that made it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Field">Full name of the field concerned; null for others.</param>
/// <param name="Detail">Stable word for what was met, for instance <c>page.contents</c>.</param>
public sealed record DocumentChange(int Revision, ChangeKind Kind, string? Field, string Detail);

/// <summary>What a signature covers, and what happened to the document after it.</summary>
/// <param name="FieldName">Full name of its field.</param>
/// <param name="Dictionary">The signature dictionary.</param>
/// <param name="IsTimestamp">A document time-stamp (DocTimeStamp).</param>
/// <param name="ByteRange">The four numbers as they stand; empty when there are not four.</param>
/// <param name="Revision">Index of the revision it signs whole; null when it signs none.</param>
/// <param name="Fault">What is wrong with its byte range, as a stable word; null when it signs exactly one revision whole.</param>
/// <param name="CoversWholeDocument">Nothing but line ends follows what it signs.</param>
/// <param name="Lock">Fields it locks.</param>
/// <param name="Permission">DocMDP permission, 1 to 3, of a certifying signature or of its lock; null when it sets none.</param>
/// <param name="ChangesAfter">The most that was done to the document afterwards.</param>
/// <param name="WithinLocks">Everything done afterwards is allowed by its own permission and lock.</param>
/// <param name="Changes">What was done afterwards, in order.</param>
public sealed record SignatureChanges(
    string FieldName,
    PdfDictionary Dictionary,
    bool IsTimestamp,
    IReadOnlyList<long> ByteRange,
    int? Revision,
    string? Fault,
    bool CoversWholeDocument,
    FieldLock? Lock,
    int? Permission,
    ChangeLevel ChangesAfter,
    bool WithinLocks,
    IReadOnlyList<DocumentChange> Changes
);
