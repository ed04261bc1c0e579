using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Directory.Domain;
using AnTin.Platform.Evidence;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Directory.Features;

/// <summary>What is said of an organisation when it is entered in the register.</summary>
internal sealed record NewOrganisation(
    string Code, string Name, string NameEn, string Symbol, string Locality, OrganisationId? Parent, decimal SealDiameterMm, DateOnly From);

internal sealed record NewPost(PersonId Person, OrganisationId Organisation, PostKind Kind, string Title, string CapacityPrefix, DateOnly From, DateOnly? To);

/// <summary>
/// The write side of the register. What is entered holds from a given day; that it was entered, by whom and when, is
/// the evidence entry of the same transaction.
/// </summary>
internal sealed class DirectoryRegister(AnTinDbContext db, DirectoryReader reader, IEvidenceLog evidence, TimeProvider clock)
{
    public async Task<Result<OrganisationId>> AddOrganisationAsync(NewOrganisation organisation, Actor actor, CancellationToken ct)
    {
        if (await db.Set<Organisation>().AnyAsync(o => o.Code == organisation.Code, ct))
            return DirectoryErrors.CodeTaken(organisation.Code);
        if (organisation.Parent is { } parent && await reader.FindOrganisationAsync(parent, organisation.From, ct) is null)
            return DirectoryErrors.NoSuchOrganisation;
        Guid id = Guid.CreateVersion7(clock.GetUtcNow());
        db.Add(new Organisation { Id = id, Code = organisation.Code });
        db.Add(new OrganisationPeriod
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            OrganisationId = id,
            Name = organisation.Name,
            NameEn = organisation.NameEn,
            Symbol = organisation.Symbol,
            Locality = organisation.Locality,
            ParentId = organisation.Parent?.Value,
            SealDiameterMm = organisation.SealDiameterMm,
            From = organisation.From,
            Folded = SearchFold.Of(organisation.Name),
        });
        Record("organisation.registered", id, new("organisation", id.ToString("D")), actor, new()
        {
            ["code"] = organisation.Code,
            ["name"] = organisation.Name,
            ["parent"] = organisation.Parent?.ToString(),
            ["from"] = Day(organisation.From),
        });
        await db.SaveChangesAsync(ct);
        return new OrganisationId(id);
    }

    public async Task<Result<PersonId>> AddPersonAsync(string fullName, string email, Actor actor, CancellationToken ct)
    {
        string address = email.Trim().ToLowerInvariant();
        if (await db.Set<Person>().AnyAsync(p => p.Email == address, ct))
            return DirectoryErrors.EmailTaken(address);
        Guid id = Guid.CreateVersion7(clock.GetUtcNow());
        db.Add(new Person { Id = id, FullName = fullName, Email = address, Folded = SearchFold.Of(fullName) });
        Record("person.registered", organisation: null, new("person", id.ToString("D")), actor, new() { ["name"] = fullName });
        await db.SaveChangesAsync(ct);
        return new PersonId(id);
    }

    public async Task<Result> AssignPostAsync(NewPost post, Actor actor, CancellationToken ct)
    {
        if (post.To <= post.From)
            return DirectoryErrors.PeriodEmpty;
        if (await reader.FindOrganisationAsync(post.Organisation, post.From, ct) is null)
            return DirectoryErrors.NoSuchOrganisation;
        if (!await db.Set<Person>().AnyAsync(p => p.Id == post.Person.Value, ct))
            return DirectoryErrors.NoSuchPerson;
        Guid id = Guid.CreateVersion7(clock.GetUtcNow());
        db.Add(new Post
        {
            Id = id,
            PersonId = post.Person.Value,
            OrganisationId = post.Organisation.Value,
            Kind = post.Kind,
            Title = post.Title,
            CapacityPrefix = post.CapacityPrefix,
            From = post.From,
            To = post.To,
        });
        Record("post.assigned", post.Organisation.Value, new("person", post.Person.ToString()), actor, new()
        {
            ["post"] = id.ToString("D"),
            ["kind"] = post.Kind.ToString(),
            ["title"] = post.Title,
            ["from"] = Day(post.From),
            ["to"] = post.To is { } to ? Day(to) : null,
        });
        await db.SaveChangesAsync(ct);
        return Result.Success;
    }

    private static string Day(DateOnly day) => day.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private void Record(string act, Guid? organisation, EvidenceSubject subject, Actor actor, Dictionary<string, object?> details) =>
        evidence.Append(db, new EvidenceEntry(act, actor, clock.GetUtcNow()) { OrganisationId = organisation, Subject = subject, Details = details });
}
