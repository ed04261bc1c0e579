using System.Security.Cryptography;
using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence.Tree;
using AnTin.Platform.Persistence;

namespace AnTin.Platform.Evidence;

internal sealed class EvidenceLog(TimeProvider time) : IEvidenceLog
{
    private const int SaltBytes = 16;

    private readonly OrderedIds _ids = new();

    public Guid Append(AnTinDbContext db, EvidenceEntry entry)
    {
        // The issuance log is public and holds no person's act: its leaves must be recomputable by anyone.
        string salt = entry.Log == EvidenceLogs.Issuance ? "" : RandomNumberGenerator.GetHexString(SaltBytes * 2, lowercase: true);
        Guid id = _ids.Next(time.GetUtcNow());
        db.Set<EvidenceRow>().Add(new EvidenceRow
        {
            Id = id,
            Log = entry.Log,
            Leaf = EvidenceRecord.Encode(id, salt, entry),
            Act = entry.Act,
            At = entry.At,
            OrganisationId = entry.OrganisationId,
            SubjectKind = entry.Subject?.Kind,
            SubjectId = entry.Subject?.Id,
            DocumentSha256 = entry.DocumentSha256,
        });
        return id;
    }
}
