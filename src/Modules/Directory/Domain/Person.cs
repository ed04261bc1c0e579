using AnTin.Contracts.Directory;

namespace AnTin.Modules.Directory.Domain;

/// <summary>Someone who holds posts. Has no account by itself, and no rights but those of a post on a day.</summary>
internal sealed class Person
{
    public required Guid Id { get; init; }

    public required string FullName { get; init; }

    /// <summary>Official-duty e-mail address, unique, ASCII lower case.</summary>
    public required string Email { get; init; }

    public required string Folded { get; init; }

    public List<Post> Posts { get; init; } = [];
}

/// <summary>A dated post (chức vụ) of a person in an organisation.</summary>
internal sealed class Post
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required Guid OrganisationId { get; init; }

    public required PostKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>Signing capacity before the title: empty, <c>KT.</c>, <c>TM.</c>, <c>TL.</c>, <c>TUQ.</c>, <c>Q.</c></summary>
    public required string CapacityPrefix { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>First day on which the post is no longer held.</summary>
    public DateOnly? To { get; set; }

    public bool HeldOn(DateOnly day) => From <= day && (To is not { } to || day < to);

    public PostInfo Describe() => new(new OrganisationId(OrganisationId), Kind, Title, CapacityPrefix, From, To);
}
