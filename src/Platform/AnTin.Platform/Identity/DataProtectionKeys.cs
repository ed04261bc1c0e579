using System.Xml.Linq;
using AnTin.Platform.Persistence;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Platform.Identity;

/// <summary>The ring of keys in the database, so that every node accepts every node's cookies.</summary>
internal sealed class DataProtectionKeys(IDbContextFactory<AnTinDbContext> contexts, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using AnTinDbContext db = contexts.CreateDbContext();
        return [.. db.Set<DataProtectionKeyRow>().AsNoTracking().OrderBy(k => k.Id).Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using AnTinDbContext db = contexts.CreateDbContext();
        db.Add(new DataProtectionKeyRow { Id = Guid.CreateVersion7(time.GetUtcNow()), Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
