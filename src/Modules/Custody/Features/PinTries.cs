using AnTin.Contracts.Platform;
using AnTin.Modules.Custody.Domain;
using AnTin.Platform.Evidence;
using AnTin.Platform.Faults;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Custody.Features;

/// <summary>
/// One try at a PIN, counted before it is looked at: the count commits in its own transaction first, so that neither a crash,
/// nor a rollback, nor a thousand requests at once give more tries than <see cref="Credential.MaxTries"/>.
/// </summary>
internal sealed class PinTries(IDbContextFactory<AnTinDbContext> stores, AnTinDbContext callers, IKeyGuard guard, IEvidenceLog evidence, ICrashPoint crash, TimeProvider clock)
{
    public const string AfterCount = "custody.pin.after-count";
    public const string AfterGuard = "custody.pin.after-guard";

    /// <param name="credential">As read just now; its key is used, its count is not.</param>
    /// <param name="use">What KeyGuard shall do; called at most once.</param>
    /// <param name="entry">The evidence of success, written before the answer leaves this method.</param>
    /// <param name="accept">Further changes that commit with the evidence.</param>
    public async Task<Result<byte[]>> UseAsync(
        Credential credential, Func<IKeyGuard, GuardedKey, KeyGuardAnswer> use, EvidenceEntry entry, Func<AnTinDbContext, byte[], Task>? accept, CancellationToken ct)
    {
        if (callers.Database.CurrentTransaction is not null)
            throw new InvalidOperationException("A PIN is not tried inside a transaction: a rollback would give the try back.");
        await using AnTinDbContext db = await stores.CreateDbContextAsync(ct);

        // 1. Durable: the try is spent.
        IQueryable<Credential> row = db.Set<Credential>().Where(c => c.Id == credential.Id);
        int counted = await row.Where(c => c.Tries < Credential.MaxTries).ExecuteUpdateAsync(set => set.SetProperty(c => c.Tries, c => c.Tries + 1), ct);
        if (counted == 0)
            return CustodyErrors.Locked;
        crash.Reach(AfterCount);

        // 2. The key moves; nothing of it has left KeyGuard's answer yet.
        KeyGuardAnswer answer = use(guard, new GuardedKey(credential.SubjectPublicKeyInfo, credential.SealedKey));
        crash.Reach(AfterGuard);
        if (answer.Verdict == KeyGuardVerdict.WrongPin)
            return await RefuseAsync(db, credential, entry, ct);
        if (answer.Value is not { } value)
            return CustodyErrors.BadScheme;

        // 3. Durable together: the evidence, what goes with it, and the tries given back. Only then does the caller get the value.
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        evidence.Append(db, entry);
        if (accept is not null)
            await accept(db, value);
        await db.SaveChangesAsync(CancellationToken.None);
        await row.ExecuteUpdateAsync(set => set.SetProperty(c => c.Tries, 0), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return value;
    }

    private async Task<Result<byte[]>> RefuseAsync(AnTinDbContext db, Credential credential, EvidenceEntry meant, CancellationToken ct)
    {
        int tries = await db.Set<Credential>().Where(c => c.Id == credential.Id).Select(c => c.Tries).SingleAsync(ct);
        int left = Math.Max(0, Credential.MaxTries - tries);
        evidence.Append(db, meant with
        {
            Act = left == 0 ? "credential.locked" : "credential.pin-refused",
            At = clock.GetUtcNow(),
            DocumentSha256 = null,
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["for"] = meant.Act, ["left"] = left },
        });
        await db.SaveChangesAsync(CancellationToken.None);
        return left == 0 ? CustodyErrors.Locked : CustodyErrors.WrongPin(left);
    }
}
