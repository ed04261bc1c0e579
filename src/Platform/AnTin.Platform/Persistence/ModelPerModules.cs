using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace AnTin.Platform.Persistence;

/// <summary>One cached model per list of modules: tests compose several hosts in one process.</summary>
internal sealed class ModelPerModules : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => context is AnTinDbContext db
        ? (db.GetType(), string.Join('|', db.Modules.Modules.Select(m => m.GetType().FullName)), designTime)
        : (context.GetType(), "", designTime);
}
