using System.Security.Cryptography;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using AnTin.X509;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Authority.Features;

/// <summary>
/// Issuing as a journal: a serial number is reserved, the exact bytes are put on record, and only then does the key move.
/// Whatever a crash leaves behind is finished by the same code (<see cref="FinishAsync"/>), so that every number ends
/// as issued or abandoned. The same order gives the same certificate, however often it is sent. Works in a context of its own: it
/// commits step by step, and must neither write what its caller has in hand nor be rolled back with it.
/// </summary>
internal sealed class IssueCertificate(
    IDbContextFactory<AnTinDbContext> stores,
    AnTinDbContext callers,
    AuthorityState authority,
    IDirectory directory,
    IEvidenceLog evidence,
    ICrashPoint crash,
    ICurrentUser user,
    TimeProvider clock)
{
    public const string AfterReserve = "authority.issue.after-reserve";
    public const string AfterIntent = "authority.issue.after-intent";
    public const string AfterSign = "authority.issue.after-sign";
    public const string AfterOutcome = "authority.issue.after-outcome";

    public async Task<Result<CertificateRecord>> IssueAsync(CertificateOrder order, CancellationToken ct)
    {
        if (callers.Database.CurrentTransaction is not null)
            throw new InvalidOperationException("Issuing commits step by step and cannot run inside a transaction.");
        if (authority.Find() is not { } hierarchy)
            return AuthorityErrors.NotInstalled;
        await using AnTinDbContext db = await stores.CreateDbContextAsync(ct);
        CertificateOrder checkedOrder = CertificateOrders.Normalised(order);
        string hash = CertificateOrders.Hash(checkedOrder);
        if (await FindAsync(db, hash, ct) is { } known)
            return await CompleteAsync(db, known, ct);

        // 1. Everything that can be refused is refused before a number is taken.
        PastValidity past = hierarchy.IsDemonstration ? PastValidity.DemonstrationOnly : PastValidity.Refused;
        if (CertificateOrders.Refusal(checkedOrder, hierarchy.Issuing.Certificate, clock.GetUtcNow(), past) is { } refusal)
            return refusal;
        if (!(await SubjectAsync(checkedOrder, ct)).TryGet(out _, out Error? nameless))
            return nameless;
        if (await KeyRefusalAsync(db, checkedOrder, ct) is { } taken)
            return taken;

        // 2. Durable: the number and the whole order.
        CertificateRecord record = Reservation(checkedOrder, hash, hierarchy.Issuing);
        db.Add(record);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            // The same order came in twice at once; the other one took the number.
            db.ChangeTracker.Clear();
            if (await FindAsync(db, hash, ct) is not { } first)
                throw;
            record = first;
        }
        crash.Reach(AfterReserve);
        return await CompleteAsync(db, record, ct);
    }

    /// <summary>Finishes a number that an interruption left behind.</summary>
    public async Task<Result<CertificateRecord>> FinishAsync(string serialNumber, CancellationToken ct)
    {
        await using AnTinDbContext db = await stores.CreateDbContextAsync(ct);
        return await CompleteAsync(db, await db.Set<CertificateRecord>().SingleAsync(c => c.SerialNumber == serialNumber, ct), ct);
    }

    /// <summary>Whoever else moves the same number meanwhile makes us go on from where it is then.</summary>
    private async Task<Result<CertificateRecord>> CompleteAsync(AnTinDbContext db, CertificateRecord record, CancellationToken ct)
    {
        string serial = record.SerialNumber;
        while (true)
        {
            try
            {
                return await AdvanceAsync(db, record, ct);
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ChangeTracker.Clear();
                record = await db.Set<CertificateRecord>().SingleAsync(c => c.SerialNumber == serial, ct);
            }
        }
    }

    /// <summary>Brings a reserved or intended number to its end; an ended one is returned as it is.</summary>
    private async Task<Result<CertificateRecord>> AdvanceAsync(AnTinDbContext db, CertificateRecord record, CancellationToken ct)
    {
        Issuer issuer = authority.Hierarchy.Issuing;
        if (record.State == IssuanceState.Abandoned)
            return AuthorityErrors.Abandoned(record.SerialNumber);
        if (record.State == IssuanceState.Issued)
            return record;
        if (record.IssuerKeyId != issuer.KeyId)
            throw new InvalidOperationException($"Serial {record.SerialNumber} was reserved under issuer {record.IssuerKeyId}, whose key is not here.");

        // 3. Durable: the bytes that will be signed, and no others.
        if (record.State == IssuanceState.Reserved)
        {
            if (!(await SubjectAsync(record.Order(), ct)).TryGet(out Subject? subject, out Error? refusal))
                return await AbandonAsync(db, record, refusal, ct);
            record.Tbs = CertificateMaking.SubscriberTbs(
                issuer, Convert.FromHexString(record.SerialNumber), record.Profile, subject.Name, subject.Email,
                record.SubjectPublicKeyInfo, record.NotBefore, record.NotAfter);
            record.SubjectName = subject.Name.DisplayName;
            record.State = IssuanceState.Intended;
            record.Version++;
            await db.SaveChangesAsync(ct);
            crash.Reach(AfterIntent);
        }

        // 4. The irreversible step: from here on nothing is cancelled. The signature is verified inside SignAsync, and the
        //    signed bytes are compared with the recorded ones before the certificate exists for anyone.
        byte[] der = await issuer.SignAsync(record.Tbs, CancellationToken.None);
        crash.Reach(AfterSign);
        if (!Certificate.Parse(der).Tbs.Span.SequenceEqual(record.Tbs))
            throw new IssuerSignatureException(issuer.Slug);

        // 5. Durable: the certificate and its evidence, together.
        record.Certificate = der;
        record.Sha256 = Convert.ToHexStringLower(SHA256.HashData(der));
        record.State = IssuanceState.Issued;
        record.IssuedAt = clock.GetUtcNow();
        record.Version++;
        Record(db, "certificate.issued", record, new()
        {
            ["profile"] = record.Profile.ToString(),
            ["subject"] = record.SubjectName,
            ["notBefore"] = Instant(record.NotBefore),
            ["notAfter"] = Instant(record.NotAfter),
            ["reference"] = record.Reference,
        });
        await db.SaveChangesAsync(CancellationToken.None);
        crash.Reach(AfterOutcome);
        return record;
    }

    private async Task<Result<CertificateRecord>> AbandonAsync(AnTinDbContext db, CertificateRecord record, Error reason, CancellationToken ct)
    {
        record.State = IssuanceState.Abandoned;
        record.OrderHash = null;
        record.Version++;
        Record(db, "certificate.abandoned", record, new() { ["reason"] = reason.Code });
        await db.SaveChangesAsync(ct);
        return reason;
    }

    private async Task<Result<Subject>> SubjectAsync(CertificateOrder order, CancellationToken ct)
    {
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);
        IReadOnlyList<OrganisationInfo> path = await directory.PathAsync(order.Organisation, today, ct);
        if (path.Count == 0)
            return AuthorityErrors.NoSuchOrganisation;
        Subject subject;
        if (order.Holder is { } holder)
        {
            PersonInfo? person = await directory.FindPersonAsync(holder, today, ct);
            if (person is null)
                return AuthorityErrors.NoSuchHolder;
            if (person.Posts.All(post => post.Organisation != order.Organisation))
                return AuthorityErrors.HolderOutsideOrganisation;
            subject = new Subject(SubjectNames.Officer(person.FullName, person.Email, path), person.Email);
        }
        else
        {
            subject = new Subject(SubjectNames.Seal(path), null);
        }
        return SubjectNames.TooLong(subject.Name) is { } part ? AuthorityErrors.NameTooLong(part) : subject;
    }

    private async Task<Error?> KeyRefusalAsync(AnTinDbContext db, CertificateOrder order, CancellationToken ct)
    {
        string key = KeySha256(order);
        Guid? holder = order.Holder?.Value;
        var others = await db.Set<CertificateRecord>().AsNoTracking()
            .Where(c => c.KeySha256 == key && c.State != IssuanceState.Abandoned)
            .Select(c => new { c.HolderId, c.OrganisationId, c.RevocationReason })
            .ToListAsync(ct);
        if (others.Any(c => c.RevocationReason == Contracts.Authority.RevocationReason.KeyCompromise))
            return AuthorityErrors.KeyRevoked;

        // Change of information keeps the key, so the same holder may have it certified again; nobody else may.
        bool another = others.Any(c => c.HolderId != holder || (holder is null && c.OrganisationId != order.Organisation.Value));
        return another ? AuthorityErrors.KeyOfAnother : null;
    }

    private CertificateRecord Reservation(CertificateOrder order, string hash, Issuer issuer) => new()
    {
        SerialNumber = SerialNumbers.Text(SerialNumbers.Next()),
        IssuerKeyId = issuer.KeyId,
        Profile = order.Profile,
        OrganisationId = order.Organisation.Value,
        HolderId = order.Holder?.Value,
        NotBefore = order.NotBefore,
        NotAfter = order.NotAfter,
        Reference = order.Reference,
        SubjectPublicKeyInfo = order.SubjectPublicKeyInfo.ToArray(),
        KeySha256 = KeySha256(order),
        OrderHash = hash,
        ReservedAt = clock.GetUtcNow(),
        State = IssuanceState.Reserved,
    };

    private static Task<CertificateRecord?> FindAsync(AnTinDbContext db, string orderHash, CancellationToken ct) =>
        db.Set<CertificateRecord>().SingleOrDefaultAsync(c => c.OrderHash == orderHash, ct);

    private void Record(AnTinDbContext db, string act, CertificateRecord record, Dictionary<string, object?> details) =>
        evidence.Append(db, new EvidenceEntry(act, user.IsAuthenticated ? user.Actor : Actor.System, clock.GetUtcNow())
        {
            OrganisationId = record.OrganisationId,
            Subject = new EvidenceSubject("certificate", record.SerialNumber),
            CertificateSha256 = record.Sha256,
            Details = details,
        });

    private static string KeySha256(CertificateOrder order) => Convert.ToHexStringLower(SHA256.HashData(order.SubjectPublicKeyInfo.Span));

    private static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Subject(DistinguishedName Name, string? Email);
}
