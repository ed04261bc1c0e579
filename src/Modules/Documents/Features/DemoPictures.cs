using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Platform.Hosting;

namespace AnTin.Modules.Documents.Features;

/// <summary>Gives the demonstration's people their signatures and its organisations their seals: drawn pictures of invented names.</summary>
internal sealed class DemoPictures(KeepPicture pictures, IAccounts accounts, IDirectory directory, DocumentAccess access) : IDemoSeeder
{
    private const string SealPrefix = "seal-";

    public int Order => 400;

    public async Task<IReadOnlyList<string>> SeedAsync(CancellationToken ct)
    {
        IReadOnlyList<AccountSummary> people = await accounts.ListAsync(ct);
        IReadOnlyList<OrganisationInfo> organisations = await directory.ListOrganisationsAsync(access.Today, ct);
        foreach ((string name, byte[] png) in Embedded())
        {
            if (name.StartsWith(SealPrefix, StringComparison.Ordinal))
            {
                string code = name[SealPrefix.Length..];
                if (organisations.FirstOrDefault(o => o.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) is { } organisation)
                    await KeepAsync(PictureOwner.Organisation, organisation.Id.Value, png, ct);
            }
            else if (people.FirstOrDefault(account => account.UserName == name)?.PersonId is { } person)
            {
                await KeepAsync(PictureOwner.Person, person, png, ct);
            }
        }
        return [];
    }

    private async Task KeepAsync(PictureOwner owner, Guid id, byte[] png, CancellationToken ct)
    {
        Result kept = await pictures.KeepAsync(owner, id, png, ct);
        if (!kept.IsSuccess)
            throw new InvalidOperationException($"A demonstration picture was refused: {kept.Error}.");
    }

    private static IEnumerable<(string Name, byte[] Png)> Embedded()
    {
        const string prefix = "demo/", suffix = ".png";
        System.Reflection.Assembly assembly = typeof(DemoPictures).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(suffix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            byte[] png = new byte[stream.Length];
            stream.ReadExactly(png);
            yield return (resource[prefix.Length..^suffix.Length], png);
        }
    }
}
