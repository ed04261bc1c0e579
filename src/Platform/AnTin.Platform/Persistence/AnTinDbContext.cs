using AnTin.Platform.Identity;
using AnTin.Platform.Modules;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Platform.Persistence;

/// <summary>The one database of the product. Modules contribute their model and use <c>Set&lt;T&gt;()</c>.</summary>
public sealed class AnTinDbContext(DbContextOptions<AnTinDbContext> options, ModuleList modules)
    : IdentityUserContext<Account, Guid>(options)
{
    internal ModuleList Modules { get; } = modules;

    // Identity asks the application's services which version of its tables to build; tools and tests have no application.
    private static readonly ServiceProvider IdentityAlone = new ServiceCollection()
        .Configure<IdentityOptions>(AccountRules.Apply)
        .BuildServiceProvider();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        base.OnConfiguring(optionsBuilder);
        if (optionsBuilder.Options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider is null)
            optionsBuilder.UseApplicationServiceProvider(IdentityAlone);
        // A host with some of the rooms has a smaller model than the migrations; that all rooms together have exactly
        // theirs is tested.
        optionsBuilder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        optionsBuilder.ReplaceService<IModelCacheKeyFactory, ModelPerModules>();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        StoredTime.Configure(configurationBuilder, Database.ProviderName);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        PlatformModel.Configure(builder);
        TableNames.Apply(builder, "platform");
        foreach (IModule module in Modules.Modules)
        {
            module.ConfigureModel(builder);
            TableNames.Apply(builder, TableNames.PrefixOf(module));
        }
    }
}
