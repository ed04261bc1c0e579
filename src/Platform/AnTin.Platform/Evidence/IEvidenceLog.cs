using AnTin.Contracts.Platform;
using AnTin.Platform.Persistence;

namespace AnTin.Platform.Evidence;

/// <summary>Puts acts on record. The entry commits or vanishes with the act: same context, same transaction.</summary>
public interface IEvidenceLog
{
    /// <summary>Adds the entry to the context; it is written by the caller's next SaveChanges.</summary>
    /// <returns>The entry's id; its index and proof exist once the sequencer has seen it.</returns>
    /// <exception cref="ArgumentException">The entry breaks the rules of docs/specs/evidence-log.md: a caller's bug.</exception>
    Guid Append(AnTinDbContext db, EvidenceEntry entry);
}
