using AnTin.Modules.Authority.Domain;
using AnTin.Modules.Authority.Persistence;
using AnTin.Platform.Hosting;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Authority.Features;

/// <summary>Makes the demonstration hierarchy of a first start and publishes its first revocation lists.</summary>
internal sealed class DemoAuthority(
    AnTinDbContext db, HierarchyStore store, AuthorityState authority, PublishCrl crls, PlatformSettings settings, TimeProvider clock) : IDemoSeeder
{
    public int Order => 200;

    public async Task<IReadOnlyList<string>> SeedAsync(CancellationToken ct)
    {
        store.RemoveLeftovers();
        if (authority.Find() is null)
        {
            // Certificates without the keys that made them: someone lost the folder, and a new authority would hide it.
            if (await db.Set<CertificateRecord>().AnyAsync(ct))
                throw new HierarchyStoreException("keys/authority", new IOException("the folder is gone, but certificates were issued with it."));
            DemonstrationKeys keys = await DemonstrationKeys.GenerateAsync(ct);
            authority.Install(await DemonstrationHierarchy.CreateAsync(settings.PublicUrl, clock.GetUtcNow(), keys, ct), keys);
        }
        await crls.RefreshAsync(ct);
        return [];
    }
}
