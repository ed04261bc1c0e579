using System.Net;
using AnTin.Modules.Tests.Pki;

namespace AnTin.Modules.Tests.Directory;

public sealed class OrganisationPageTests
{
    [Fact]
    public async Task Shows_each_account_its_own_subtree_and_nothing_else()
    {
        await using PkiHost pki = await PkiHost.StartAsync();

        using HttpClient stranger = pki.Host.CreateClient();
        using HttpResponseMessage refused = await stranger.GetAsync("/organisation");
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);

        using HttpClient drafter = await pki.SignInAsync("soanthao");
        string own = await drafter.GetStringAsync("/organisation");
        Assert.Contains("Sở Xây dựng", own, StringComparison.Ordinal);
        Assert.Contains("Võ Thị Kim Ngân", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Sở Khoa học và Công nghệ", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Đỗ Thị Bích Vân", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Vũ Quang Hiển", own, StringComparison.Ordinal);

        using HttpClient officer = await pki.SignInAsync("dangky");
        string all = await officer.GetStringAsync("/organisation");
        Assert.Contains("Ủy ban nhân dân xã Phú Hòa", all, StringComparison.Ordinal);
        Assert.Contains("Đỗ Thị Bích Vân", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_people_without_marks_and_says_so_when_there_is_nobody()
    {
        await using PkiHost pki = await PkiHost.StartAsync();
        using HttpClient officer = await pki.SignInAsync("dangky");

        string found = await officer.GetStringAsync("/organisation?q=do+thi+bich");
        Assert.Contains("Đỗ Thị Bích Vân", found, StringComparison.Ordinal);
        Assert.DoesNotContain("Phan Văn Lộc", found, StringComparison.Ordinal);

        string hostile = await officer.GetStringAsync("/organisation?q=" + Uri.EscapeDataString("<script>alert(1)</script>"));
        Assert.DoesNotContain("<script>alert", hostile, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", hostile, StringComparison.Ordinal);
    }
}
