using AnTin.Cms;
using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>The field that takes a signature: one that exists, or a new one.</summary>
/// <param name="Name">Full name.</param>
/// <param name="NewOnPage">Page of a new field, 0 for the first; null when the field must exist.</param>
/// <param name="Rectangle">Place of a new field in default user space; null for an invisible one.</param>
public sealed record SignatureTarget(string Name, int? NewOnPage = null, PdfRectangle? Rectangle = null);

/// <summary>A text field to be filled in the same increment.</summary>
/// <param name="Name">Full name of an existing text field.</param>
/// <param name="Value">Its value.</param>
/// <param name="Appearance">What it then shows.</param>
/// <param name="ReadOnly">Whether it cannot be edited any more.</param>
public sealed record FieldFill(string Name, string Value, Appearance Appearance, bool ReadOnly = true);

/// <summary>What a signature is to be.</summary>
public sealed record PadesSignatureOptions
{
    /// <summary>The credential: certificate, chain and scheme. Made once, used for any number of signatures.</summary>
    public required CmsSigner Signer { get; init; }

    /// <summary>The field.</summary>
    public required SignatureTarget Field { get; init; }

    /// <summary>What the field shows; null leaves it as it is (nothing, for a new field).</summary>
    public Appearance? Appearance { get; init; }

    /// <summary>Fields locked by this signature. Null takes over the lock that the field was laid with.</summary>
    public FieldLock? Lock { get; init; }

    /// <summary>Text fields filled together with the signature.</summary>
    public IReadOnlyList<FieldFill> Fills { get; init; } = [];

    /// <summary>Claimed signing time, written as /M with its offset. Null leaves it out.</summary>
    public DateTimeOffset? ClaimedTime { get; init; }

    /// <summary>/Name: who signs.</summary>
    public string? Name { get; init; }

    /// <summary>/Reason.</summary>
    public string? Reason { get; init; }

    /// <summary>/Location.</summary>
    public string? Location { get; init; }

    /// <summary>/ContactInfo.</summary>
    public string? ContactInfo { get; init; }

    /// <summary>Name of the application for /Prop_Build; null leaves it out.</summary>
    public string? Application { get; init; }

    /// <summary>Bytes kept for a time-stamp token in the signature; 0 when none will come (level B-B).</summary>
    public int TimestampReserve { get; init; }
}
