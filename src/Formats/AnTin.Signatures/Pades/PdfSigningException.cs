namespace AnTin.Signatures;

/// <summary>
/// A document cannot be prepared or signed as asked. The codes are stable; user texts are found by them:
/// <c>document.encrypted</c>, <c>document.broken</c>, <c>document.xfa</c>, <c>document.certified</c>, <c>document.changed</c>,
/// <c>page.missing</c>, <c>field.missing</c>, <c>field.duplicate</c>, <c>field.type</c>, <c>field.signed</c>, <c>field.locked</c>,
/// <c>field.lock-differs</c>, <c>signature.reserve</c>, <c>prepared.malformed</c>.
/// </summary>
public sealed class PdfSigningException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The reason as a stable word.</summary>
    public string Code { get; } = code;
}
