using AnTin.Pdf;
using AnTin.Signatures;

namespace AnTin.Contracts.Validation;

/// <summary>Verification with this installation's trust material and policy at the present time.</summary>
public interface IDocumentValidator
{
    /// <summary>Never throws for what the file contains: an unreadable file is a report that says so.</summary>
    Task<ValidationReport> ValidateAsync(IRandomAccessSource document, CancellationToken ct);
}
