using AnTin.Contracts.Directory;

namespace AnTin.Modules.Documents.Features;

/// <summary>Which posts may take which part in the flow.</summary>
internal static class People
{
    /// <summary>NĐ 30/2020, Điều 12: the head of the drafting unit answers for content and initials.</summary>
    public static readonly PostKind[] Initiallers = [PostKind.DivisionHead];

    /// <summary>NĐ 30/2020, Điều 13: the head, or a deputy for the head (KT.).</summary>
    public static readonly PostKind[] Signers = [PostKind.Head, PostKind.DeputyHead];

    public static PostInfo PostOf(PersonInfo person, OrganisationId organisation, PostKind[] kinds) =>
        person.Posts.Where(post => post.Organisation == organisation && kinds.Contains(post.Kind)).MaxBy(post => post.Kind)
        ?? throw new InvalidOperationException($"Person {person.Id} was listed without the post it was listed for.");

    /// <summary>As written above a signature: <c>KT. Giám đốc</c> needs the head's title, so the prefix stands with the own title here.</summary>
    public static string Describe(PersonInfo person, OrganisationId organisation, PostKind[] kinds)
    {
        PostInfo post = PostOf(person, organisation, kinds);
        return post.CapacityPrefix.Length == 0
            ? $"{person.FullName} – {post.Title}"
            : $"{person.FullName} – {post.Title} ({post.CapacityPrefix})";
    }
}
