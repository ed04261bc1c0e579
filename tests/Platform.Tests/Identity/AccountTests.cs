using AnTin.Contracts.Platform;
using AnTin.TestKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Platform.Tests.Identity;

public sealed class AccountTests
{
    private static readonly Guid Agency = Guid.CreateVersion7();

    [Theory]
    [MemberData(nameof(Stores.Both), MemberType = typeof(Stores))]
    public async Task An_account_has_the_roles_it_was_granted_and_no_longer_those_revoked(StoreKind kind)
    {
        Stores.SkipUnlessAvailable(kind);
        await using TestHost host = await TestHost.StartAsync(kind);
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        IAccounts accounts = scope.ServiceProvider.GetRequiredService<IAccounts>();
        var person = Guid.CreateVersion7();
        var clerk = new RoleGrant(Role.Clerk, Agency);
        Guid id = (await accounts.CreateAsync(new NewAccount("vanthu", "mot mat khau dai", person, "Võ Thị Kim Ngân", [clerk, clerk]), default)).Value;

        AccountSummary found = (await accounts.FindByPersonAsync(person, default))!;
        Assert.Equal((id, "vanthu", "Võ Thị Kim Ngân"), (found.Id, found.UserName, found.DisplayName));
        Assert.Equal([clerk], found.Roles);

        Assert.True((await accounts.GrantAsync(id, new RoleGrant(Role.Leader, Agency), default)).IsSuccess);
        Assert.True((await accounts.GrantAsync(id, new RoleGrant(Role.Leader, Agency), default)).IsSuccess);
        Assert.True((await accounts.RevokeAsync(id, clerk, default)).IsSuccess);
        Assert.Equal("platform.not-found", (await accounts.RevokeAsync(id, clerk, default)).Error!.Code);
        Assert.Equal("platform.not-found", (await accounts.GrantAsync(Guid.CreateVersion7(), clerk, default)).Error!.Code);
        Assert.Equal([new RoleGrant(Role.Leader, Agency)], (await accounts.ListAsync(default)).Single(a => a.Id == id).Roles);
    }

    [Theory]
    [InlineData("vanthu", "mot mat khau dai", "DuplicateUserName")]
    [InlineData("khac", "ngan", "PasswordTooShort")]
    public async Task A_refused_account_leaves_nothing_behind(string userName, string password, string reason)
    {
        await using TestHost host = await TestHost.StartAsync();
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        IAccounts accounts = scope.ServiceProvider.GetRequiredService<IAccounts>();
        Assert.True((await accounts.CreateAsync(new NewAccount("vanthu", "mot mat khau dai", null, "A", []), default)).IsSuccess);
        Result<Guid> refused = await accounts.CreateAsync(new NewAccount(userName, password, null, "B", [new RoleGrant(Role.Clerk, Agency)]), default);
        Assert.Equal(new Error("platform.account-refused", reason), refused.Error);
        Assert.Single(await accounts.ListAsync(default));
    }
}
