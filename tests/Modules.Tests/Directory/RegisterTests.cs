using AnTin.Contracts.Directory;
using AnTin.Contracts.Platform;
using AnTin.Modules.Directory;
using AnTin.Modules.Directory.Domain;
using AnTin.Modules.Directory.Features;
using AnTin.Platform.Evidence;
using AnTin.Platform.Hosting;
using AnTin.Platform.Persistence;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Tests.Directory;

public sealed class RegisterTests
{
    private static readonly DateOnly Begin = new(2020, 1, 1);
    private static readonly DateOnly Renamed = new(2025, 7, 1);

    public static TheoryData<StoreKind> Stores => Pki.PkiHost.Stores;

    private static async Task<TestHost> StartAsync(StoreKind kind)
    {
        Assert.SkipWhen(kind == StoreKind.PostgreSql && PostgresServer.Programs is null, "PostgreSQL is not installed");
        return await TestHost.StartAsync(kind, [new DirectoryModule()]);
    }

    private static NewOrganisation Organisation(string code, OrganisationId? parent = null) =>
        new(code, "Sở Nội vụ " + code, "Department " + code, "SNV", "An Bình", parent, 34, Begin);

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_post_counts_from_its_first_day_until_the_day_before_its_end(StoreKind kind)
    {
        await using TestHost host = await StartAsync(kind);
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        DirectoryRegister register = scope.ServiceProvider.GetRequiredService<DirectoryRegister>();
        IDirectory directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        OrganisationId agency = (await register.AddOrganisationAsync(Organisation("H01"), Actor.System, default)).Value;
        PersonId person = (await register.AddPersonAsync("Đoàn Thị Thử", "Thu@Example.vn ", Actor.System, default)).Value;
        Assert.True((await register.AssignPostAsync(new NewPost(person, agency, PostKind.Clerk, "Văn thư", "", new(2024, 1, 1), new(2025, 1, 1)), Actor.System, default)).IsSuccess);

        Assert.Empty(await directory.ListPeopleAsync(agency, [PostKind.Clerk], new(2023, 12, 31), default));
        Assert.Single(await directory.ListPeopleAsync(agency, [PostKind.Clerk], new(2024, 1, 1), default));
        Assert.Single(await directory.ListPeopleAsync(agency, [PostKind.Clerk], new(2024, 12, 31), default));
        Assert.Empty(await directory.ListPeopleAsync(agency, [PostKind.Clerk], new(2025, 1, 1), default));
        Assert.Empty(await directory.ListPeopleAsync(agency, [PostKind.Head], new(2024, 6, 1), default));
        PersonInfo later = (await directory.FindPersonAsync(person, new(2025, 1, 1), default))!;
        Assert.Empty(later.Posts);
        Assert.Equal("thu@example.vn", later.Email);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Name_and_place_are_those_of_the_day_that_is_asked_for(StoreKind kind)
    {
        await using TestHost host = await StartAsync(kind);
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        DirectoryRegister register = scope.ServiceProvider.GetRequiredService<DirectoryRegister>();
        IDirectory directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        AnTinDbContext db = scope.ServiceProvider.GetRequiredService<AnTinDbContext>();
        OrganisationId first = (await register.AddOrganisationAsync(Organisation("H01"), Actor.System, default)).Value;
        OrganisationId second = (await register.AddOrganisationAsync(Organisation("H02"), Actor.System, default)).Value;
        OrganisationId moved = (await register.AddOrganisationAsync(Organisation("H01.7", first), Actor.System, default)).Value;
        OrganisationPeriod old = await db.Set<OrganisationPeriod>().SingleAsync(p => p.OrganisationId == moved.Value);
        old.To = Renamed;
        db.Add(new OrganisationPeriod
        {
            Id = Guid.CreateVersion7(), OrganisationId = moved.Value, Name = "Sở mới", NameEn = "New", Symbol = "SM", Locality = "An Bình",
            ParentId = second.Value, SealDiameterMm = 34, From = Renamed, Folded = "so moi",
        });
        await db.SaveChangesAsync();

        DateOnly before = Renamed.AddDays(-1);
        Assert.Equal("Sở Nội vụ H01.7", (await directory.FindOrganisationAsync(moved, before, default))!.Name);
        Assert.Equal("Sở mới", (await directory.FindOrganisationAsync(moved, Renamed, default))!.Name);
        Assert.True(await directory.IsWithinAsync(moved, first, before, default));
        Assert.False(await directory.IsWithinAsync(moved, first, Renamed, default));
        Assert.True(await directory.IsWithinAsync(moved, second, Renamed, default));
        Assert.Equal([second, moved], (await directory.PathAsync(moved, Renamed, default)).Select(o => o.Id));
        Assert.Contains(moved, await directory.SubtreeAsync(first, before, default));
        Assert.DoesNotContain(moved, await directory.SubtreeAsync(first, Renamed, default));
        Assert.Null(await directory.FindOrganisationAsync(moved, Begin.AddDays(-1), default));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Refuses_what_would_make_the_register_ambiguous(StoreKind kind)
    {
        await using TestHost host = await StartAsync(kind);
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        DirectoryRegister register = scope.ServiceProvider.GetRequiredService<DirectoryRegister>();
        OrganisationId agency = (await register.AddOrganisationAsync(Organisation("H01"), Actor.System, default)).Value;
        PersonId person = (await register.AddPersonAsync("Một", "mot@example.vn", Actor.System, default)).Value;
        var nowhere = new OrganisationId(Guid.CreateVersion7());

        Assert.Equal("directory.code-taken", (await register.AddOrganisationAsync(Organisation("H01"), Actor.System, default)).Error?.Code);
        Assert.Equal("directory.no-such-organisation", (await register.AddOrganisationAsync(Organisation("H09", nowhere), Actor.System, default)).Error?.Code);
        Assert.Equal("directory.email-taken", (await register.AddPersonAsync("Hai", "MOT@example.vn", Actor.System, default)).Error?.Code);
        NewPost post = new(person, agency, PostKind.Head, "Giám đốc", "", Begin, null);
        Assert.Equal("directory.no-such-organisation", (await register.AssignPostAsync(post with { Organisation = nowhere }, Actor.System, default)).Error?.Code);
        Assert.Equal("directory.no-such-person", (await register.AssignPostAsync(post with { Person = new(Guid.CreateVersion7()) }, Actor.System, default)).Error?.Code);
        Assert.Equal("directory.period-empty", (await register.AssignPostAsync(post with { To = Begin }, Actor.System, default)).Error?.Code);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_is_entered_leaves_evidence_in_the_same_commit(StoreKind kind)
    {
        await using TestHost host = await StartAsync(kind);
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        DirectoryRegister register = scope.ServiceProvider.GetRequiredService<DirectoryRegister>();
        OrganisationId agency = (await register.AddOrganisationAsync(Organisation("H01"), Actor.System, default)).Value;
        await register.AddOrganisationAsync(Organisation("H01"), Actor.System, default);

        IEvidenceReader evidence = scope.ServiceProvider.GetRequiredService<IEvidenceReader>();
        EvidenceView entry = Assert.Single(await evidence.OfSubjectAsync(new EvidenceSubject("organisation", agency.ToString()), default));
        Assert.Equal("organisation.registered", entry.Record.Act);
        Assert.Equal("H01", entry.Record.Details.GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_demonstration_can_be_seeded_twice()
    {
        await using TestHost host = await StartAsync(StoreKind.Sqlite);
        for (int run = 0; run < 2; run++)
        {
            await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetServices<IDemoSeeder>().OfType<DemoDirectory>().Single().SeedAsync(default);
            AnTinDbContext db = scope.ServiceProvider.GetRequiredService<AnTinDbContext>();
            Assert.Equal(4, await db.Set<OrganisationPeriod>().CountAsync());
            Assert.Equal(15, await db.Set<Person>().CountAsync());
            Assert.Equal(15, await db.Set<Post>().CountAsync());
            Assert.Equal(15, (await scope.ServiceProvider.GetRequiredService<IAccounts>().ListAsync(default)).Count);
        }
    }
}
