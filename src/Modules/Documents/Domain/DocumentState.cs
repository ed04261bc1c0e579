using AnTin.Contracts.Platform;

namespace AnTin.Modules.Documents.Domain;

/// <summary>Where a document stands. Each state but the last two waits for exactly one act of exactly one person (or the clerks).</summary>
internal enum DocumentState
{
    /// <summary>Uploaded; the drafter looks at the places and freezes.</summary>
    Draft = 0,

    /// <summary>Frozen: number, date and signature fields are laid. Waits for the division head.</summary>
    AwaitingInitial = 1,

    AwaitingSignature = 2,

    /// <summary>Signed by the authorised person. Waits for a clerk: number, date and seal in one act.</summary>
    AwaitingSeal = 3,

    Issued = 4,

    /// <summary>Given back to the drafter with a reason; ends this document, a corrected file starts a new one.</summary>
    Returned = 5,
}

/// <summary>The acts that sign, in the order of the flow.</summary>
internal enum StepKind
{
    Initial = 1,
    Sign = 2,
    Seal = 3,
}

internal static class DocumentStateTexts
{
    public static Text Name(this DocumentState state) => state switch
    {
        DocumentState.Draft => new("Chờ chốt văn bản", "To be frozen"),
        DocumentState.AwaitingInitial => new("Chờ ký nháy", "Waiting for the initial"),
        DocumentState.AwaitingSignature => new("Chờ ký chính thức", "Waiting for the signature"),
        DocumentState.AwaitingSeal => new("Chờ cấp số và đóng dấu", "Waiting for number and seal"),
        DocumentState.Issued => new("Đã ban hành", "Issued"),
        DocumentState.Returned => new("Đã trả lại", "Returned"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static Text Name(this StepKind step) => step switch
    {
        StepKind.Initial => new("Ký nháy", "Initial"),
        StepKind.Sign => new("Ký chính thức", "Sign"),
        StepKind.Seal => new("Cấp số và đóng dấu", "Number and seal"),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };

    /// <summary>The state in which a step is due.</summary>
    public static DocumentState Due(this StepKind step) => step switch
    {
        StepKind.Initial => DocumentState.AwaitingInitial,
        StepKind.Sign => DocumentState.AwaitingSignature,
        StepKind.Seal => DocumentState.AwaitingSeal,
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, null),
    };
}
