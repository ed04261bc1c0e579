using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Directory.Domain;
using AnTin.Platform.Hosting;
using AnTin.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Directory.Features;

/// <summary>
/// The invented province An Bình: its committee, two departments, one commune, their people and accounts. Finds what
/// an earlier, interrupted run made (by agency code, e-mail address, post and user name) and makes the rest.
/// </summary>
internal sealed class DemoDirectory(AnTinDbContext db, DirectoryReader reader, DirectoryRegister register, IAccounts accounts) : IDemoSeeder
{
    public const string Password = "AnTin-demo-2026";

    private const string Province = "An Bình";
    private const string MailDomain = "anbinh.example";
    private static readonly DateOnly Since = new(2020, 1, 1);

    private static readonly DemoOrganisation[] Organisations =
    [
        new("H99", null, "Ủy ban nhân dân tỉnh An Bình", "People's Committee of An Bình Province", "UBND", 36),
        new("H99.05", "H99", "Sở Xây dựng", "Department of Construction", "SXD", 34),
        new("H99.06", "H99", "Sở Khoa học và Công nghệ", "Department of Science and Technology", "SKHCN", 34),
        new("H99.31", "H99", "Ủy ban nhân dân xã Phú Hòa", "People's Committee of Phú Hòa Commune", "UBND", 34),
    ];

    private static readonly DemoPerson[] People =
    [
        new("soanthao", "Nguyễn Thu Hà", "H99.05", PostKind.Drafter, "Chuyên viên", "", [Role.Drafter]),
        new("truongphong", "Trần Minh Khôi", "H99.05", PostKind.DivisionHead, "Trưởng phòng Quy hoạch", "", [Role.DivisionHead]),
        new("phogiamdoc", "Lê Thị Ngọc Diệp", "H99.05", PostKind.DeputyHead, "Phó Giám đốc", "KT.", [Role.Leader]),
        new("giamdoc", "Phạm Quốc Bảo", "H99.05", PostKind.Head, "Giám đốc", "", [Role.Leader]),
        new("vanthu", "Võ Thị Kim Ngân", "H99.05", PostKind.Clerk, "Văn thư", "", [Role.Clerk]),
        new("hethan", "Đặng Hoài Nam", "H99.05", PostKind.DeputyHead, "Phó Giám đốc", "KT.", [Role.Leader]),
        new("thuhoi", "Bùi Thanh Tùng", "H99.05", PostKind.DeputyHead, "Phó Giám đốc", "KT.", [Role.Leader]),
        new("soanthao2", "Hoàng Gia Linh", "H99.06", PostKind.Drafter, "Chuyên viên", "", [Role.Drafter]),
        new("truongphong2", "Ngô Đức Thịnh", "H99.06", PostKind.DivisionHead, "Trưởng phòng Chuyển đổi số", "", [Role.DivisionHead]),
        new("giamdoc2", "Đỗ Thị Bích Vân", "H99.06", PostKind.Head, "Giám đốc", "", [Role.Leader]),
        new("vanthu2", "Phan Văn Lộc", "H99.06", PostKind.Clerk, "Văn thư", "", [Role.Clerk]),
        new("dangky", "Trịnh Hải Yến", "H99.06", PostKind.Staff, "Chuyên viên quản lý chứng thư", "", [Role.RegistrationOfficer], "H99"),
        new("chutich", "Vũ Quang Hiển", "H99", PostKind.Head, "Chủ tịch", "TM.", [Role.Chairman, Role.Leader]),
        new("thanhtra", "Lý Mạnh Cường", "H99", PostKind.Staff, "Thanh tra viên", "", [Role.Inspector]),
        new("quantri", "Mai Anh Tuấn", "H99", PostKind.Staff, "Quản trị viên hệ thống", "", [Role.SystemAdministrator]),
    ];

    public int Order => 100;

    public async Task<IReadOnlyList<string>> SeedAsync(CancellationToken ct)
    {
        var ids = new Dictionary<string, OrganisationId>(StringComparer.Ordinal);
        foreach (DemoOrganisation organisation in Organisations)
            ids[organisation.Code] = await OrganisationAsync(organisation, ids, ct);
        IReadOnlyList<AccountSummary> existing = await accounts.ListAsync(ct);
        foreach (DemoPerson demo in People)
        {
            PersonId person = await PersonAsync(demo, ct);
            await PostAsync(person, demo, ids[demo.Organisation], ct);
            if (existing.Any(account => account.UserName == demo.UserName))
                continue;
            Guid scope = ids[demo.Scope ?? demo.Organisation].Value;
            Required(await accounts.CreateAsync(
                new NewAccount(demo.UserName, Password, person.Value, demo.FullName, [.. demo.Roles.Select(role => new RoleGrant(role, scope))]), ct));
        }
        return Describe();
    }

    private async Task<OrganisationId> OrganisationAsync(DemoOrganisation demo, Dictionary<string, OrganisationId> ids, CancellationToken ct)
    {
        Organisation? found = await db.Set<Organisation>().AsNoTracking().SingleOrDefaultAsync(o => o.Code == demo.Code, ct);
        if (found is not null)
            return new OrganisationId(found.Id);
        OrganisationId? parent = demo.Parent is { } code ? ids[code] : null;
        return Required(await register.AddOrganisationAsync(
            new NewOrganisation(demo.Code, demo.Name, demo.NameEn, demo.Symbol, Province, parent, demo.SealDiameterMm, Since), Actor.System, ct));
    }

    private async Task<PersonId> PersonAsync(DemoPerson demo, CancellationToken ct)
    {
        string email = $"{demo.UserName}@{MailDomain}";
        Person? found = await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Email == email, ct);
        return found is not null ? new PersonId(found.Id) : Required(await register.AddPersonAsync(demo.FullName, email, Actor.System, ct));
    }

    private async Task PostAsync(PersonId person, DemoPerson demo, OrganisationId organisation, CancellationToken ct)
    {
        PersonInfo? known = await reader.FindPersonAsync(person, Since, ct);
        if (known is { Posts.Count: > 0 })
            return;
        Result assigned = await register.AssignPostAsync(
            new NewPost(person, organisation, demo.Kind, demo.Title, demo.CapacityPrefix, Since, To: null), Actor.System, ct);
        if (!assigned.IsSuccess)
            throw new InvalidOperationException($"The demonstration data was refused: {assigned.Error}.");
    }

    private static List<string> Describe() =>
    [
        $"Tài khoản mẫu (mật khẩu {Password}) / demo accounts (password {Password}):",
        .. People.Select(p => $"  {p.UserName,-13} {p.FullName}, {p.Title}, {Organisations.Single(o => o.Code == p.Organisation).Name}"),
    ];

    private static T Required<T>(Result<T> result) =>
        result.IsSuccess ? result.Value : throw new InvalidOperationException($"The demonstration data was refused: {result.Error}.");

    private sealed record DemoOrganisation(string Code, string? Parent, string Name, string NameEn, string Symbol, decimal SealDiameterMm);

    /// <param name="Scope">Agency code for which the roles are granted; the organisation of the post when null.</param>
    private sealed record DemoPerson(
        string UserName, string FullName, string Organisation, PostKind Kind, string Title, string CapacityPrefix, Role[] Roles, string? Scope = null);
}
