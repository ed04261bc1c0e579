using AnTin.Modules.Authority;
using AnTin.Modules.Custody;
using AnTin.Modules.Directory;
using AnTin.Modules.Documents;
using AnTin.Modules.Oversight;
using AnTin.Modules.Validation;
using AnTin.Platform.Modules;

namespace AnTin.Server.Hosting;

/// <summary>The rooms of the house, in the order of the one flow.</summary>
public static class AnTinModules
{
    public static IReadOnlyList<IModule> All { get; } = [new DirectoryModule(), new AuthorityModule(), new CustodyModule(), new DocumentsModule(), new ValidationModule(), new OversightModule()];
}
