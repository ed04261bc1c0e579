namespace AnTin.Contracts.Directory;

/// <summary>An organisation (cơ quan, tổ chức) of the tree.</summary>
public readonly record struct OrganisationId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>A person who holds posts; never an account.</summary>
public readonly record struct PersonId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>An organisation as other rooms see it, on one day.</summary>
/// <param name="Code">Agency code, unique, for example <c>H99.01</c>.</param>
/// <param name="Symbol">Abbreviation used in document symbols, for example <c>UBND</c> in <c>05/QĐ-UBND</c>.</param>
/// <param name="Locality">Province it stands in (L of certificate subjects), without the word "tỉnh".</param>
/// <param name="SealDiameterMm">Real diameter of the round seal in millimetres (it is drawn at actual size: NĐ 30/2020, Phụ lục I, ô 8).</param>
public sealed record OrganisationInfo(
    OrganisationId Id,
    string Code,
    string Name,
    string NameEn,
    string Symbol,
    OrganisationId? ParentId,
    decimal SealDiameterMm,
    string Locality = "");

/// <summary>What a post lets its holder do in the flow of a document.</summary>
public enum PostKind
{
    /// <summary>No signing right by this post.</summary>
    Staff = 0,
    Drafter = 1,
    DivisionHead = 2,
    DeputyHead = 3,
    Head = 4,
    Clerk = 5,
}

/// <summary>A dated post (chức vụ) of a person in an organisation. <paramref name="To"/> is exclusive.</summary>
/// <param name="CapacityPrefix">Signing capacity before the title: empty, <c>KT.</c>, <c>TM.</c>, <c>TL.</c>, <c>TUQ.</c>, <c>Q.</c> (NĐ 30/2020, Điều 13).</param>
public sealed record PostInfo(
    OrganisationId Organisation,
    PostKind Kind,
    string Title,
    string CapacityPrefix,
    DateOnly From,
    DateOnly? To);

public sealed record PersonInfo(PersonId Id, string FullName, string Email, IReadOnlyList<PostInfo> Posts);

/// <summary>Read side of the organisation tree and its people; all answers are as of <paramref name="on"/> where a date is taken.</summary>
public interface IDirectory
{
    Task<OrganisationInfo?> FindOrganisationAsync(OrganisationId id, DateOnly on, CancellationToken ct);

    Task<IReadOnlyList<OrganisationInfo>> ListOrganisationsAsync(DateOnly on, CancellationToken ct);

    /// <summary>True when <paramref name="candidate"/> is <paramref name="root"/> or stands below it on that day.</summary>
    Task<bool> IsWithinAsync(OrganisationId candidate, OrganisationId root, DateOnly on, CancellationToken ct);

    /// <summary>The root itself and everything below it.</summary>
    Task<IReadOnlySet<OrganisationId>> SubtreeAsync(OrganisationId root, DateOnly on, CancellationToken ct);

    /// <summary>From the root of the tree down to the organisation itself; empty when it does not exist on that day.</summary>
    Task<IReadOnlyList<OrganisationInfo>> PathAsync(OrganisationId organisation, DateOnly on, CancellationToken ct);

    Task<PersonInfo?> FindPersonAsync(PersonId id, DateOnly on, CancellationToken ct);

    /// <summary>People who hold a post of one of these kinds in this organisation on that day, by name.</summary>
    Task<IReadOnlyList<PersonInfo>> ListPeopleAsync(OrganisationId organisation, IReadOnlyCollection<PostKind> kinds, DateOnly on, CancellationToken ct);
}
