using AnTin.EndToEnd.Office;
using AnTin.TestKit;

namespace AnTin.EndToEnd.Flow;

/// <summary>What must not happen, and the words in which it is refused.</summary>
public sealed class RefusalTests(Portal portal, IssuedFixture issued) : IClassFixture<IssuedFixture>, IDisposable
{
    private readonly DocumentDesk _desk = new(portal);
    private readonly VerifyDesk _verify = new(portal);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sealing_before_the_leader_signed()
    {
        string document = await InitialledAsync("Về việc đóng dấu trước khi ký");

        Assert.Contains("Điều 32", await _desk.PushAsync("vanthu", document, "seal"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hethan", "Đặng Hoài Nam", "hết hạn")]
    [InlineData("thuhoi", "Bùi Thanh Tùng", "thu hồi")]
    public async Task Signing_with_an_expired_or_revoked_certificate(string account, string name, string reason)
    {
        string document = await _desk.UploadAsync($"Về việc chứng thư {reason}", signerName: name);
        await _desk.FreezeAsync(document);
        await _desk.InitialAsync(document);

        await using Visitor leader = await portal.SignInAsync(account);
        await leader.GoAsync(document);
        Assert.Contains(reason, await leader.Page.Locator("main .notice.bad").First.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains(reason, await _desk.PushAsync(account, document, "sign"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_twice()
    {
        string document = await InitialledAsync("Về việc ký hai lần");
        await _desk.SignAsync(document);

        Assert.Contains("đã được", await _desk.PushAsync("giamdoc", document, "sign"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doing_the_step_of_somebody_else()
    {
        string document = await InitialledAsync("Về việc ký thay bước của người khác");

        Assert.Contains("Phạm Quốc Bảo", await _desk.PushAsync("truongphong", document, "sign"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_with_a_wrong_PIN()
    {
        string document = await InitialledAsync("Về việc nhập sai mã PIN");

        Assert.Contains("PIN", await _desk.ActAsync("giamdoc", document, "sign", pin: "000000"), StringComparison.Ordinal);
        Assert.NotEmpty(await _desk.SignAsync(document));
    }

    [Fact]
    public async Task Uploading_what_is_not_a_PDF() => await RefusesAsync("khong-phai-pdf.pdf", BrokenFiles.NotAPdf, "không phải PDF");

    [Fact]
    public async Task Uploading_an_empty_file() => await RefusesAsync("rong.pdf", BrokenFiles.Empty, "rỗng");

    [Fact]
    public async Task Uploading_half_a_PDF() =>
        await RefusesAsync("mot-nua.pdf", BrokenFiles.Truncated(await File.ReadAllBytesAsync(DocumentDesk.Sample)), "hỏng");

    [Fact]
    public async Task Uploading_a_PDF_with_a_broken_signature()
    {
        byte[] signed = await BrokenFiles.SignedElsewhereAsync(await File.ReadAllBytesAsync(DocumentDesk.Sample));

        await RefusesAsync("bi-sua.pdf", BrokenFiles.Altered(signed), "không còn đúng");
    }

    [Fact]
    public async Task Uploading_a_document_that_was_issued_already() => await RefusesAsync("da-ban-hanh.pdf", issued.File, "AnTin");

    [Fact]
    public async Task Uploading_an_encrypted_PDF() => await RefusesAsync("mat-khau.pdf", await EncryptedAsync(), "mật khẩu");

    [Fact]
    public async Task Verifying_a_file_that_was_altered()
    {
        VerifyAnswer answer = await _verify.VerifyAsync(BrokenFiles.Altered(issued.File));

        Assert.Equal("Không hợp lệ", answer.Verdict);
        Assert.Contains(answer.Signatures, text => text.Contains("Nội dung không còn khớp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verifying_a_signature_of_somebody_unknown()
    {
        VerifyAnswer answer = await _verify.VerifyAsync(await BrokenFiles.SignedElsewhereAsync(await File.ReadAllBytesAsync(DocumentDesk.Sample)));

        Assert.Equal("Chưa đủ căn cứ để kết luận", answer.Verdict);
        Assert.Contains("không nằm trong danh sách tin cậy", Assert.Single(answer.Signatures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verifying_what_carries_no_signature() =>
        Assert.Equal("Tệp chưa được ký số", (await _verify.VerifyAsync(await File.ReadAllBytesAsync(DocumentDesk.Sample))).Verdict);

    [Fact]
    public async Task Verifying_what_is_not_a_PDF() => Assert.Equal("Không đọc được tệp", (await _verify.VerifyAsync(BrokenFiles.NotAPdf)).Verdict);

    [Fact]
    public async Task Verifying_half_a_file() => Assert.Equal("Không đọc được tệp", (await _verify.VerifyAsync(BrokenFiles.Truncated(issued.File))).Verdict);

    [Fact]
    public async Task Verifying_an_empty_file() =>
        Assert.Contains("không có nội dung", (await _verify.VerifyAsync(BrokenFiles.Empty)).Refusal, StringComparison.Ordinal);

    [Fact]
    public async Task Verifying_an_encrypted_file_says_that_it_has_a_password() => Assert.Equal("Tệp được đặt mật khẩu", (await _verify.VerifyAsync(await EncryptedAsync())).Verdict);

    private async Task<string> InitialledAsync(string title)
    {
        string document = await _desk.UploadAsync(title);
        await _desk.FreezeAsync(document);
        await _desk.InitialAsync(document);
        return document;
    }

    private async Task RefusesAsync(string name, byte[] content, string reason) =>
        Assert.Contains(reason, await _desk.UploadRefusedAsync("Về việc tải lên tệp hỏng", BrokenFiles.Write(_folder, name, content)), StringComparison.Ordinal);

    private async Task<byte[]> EncryptedAsync()
    {
        Assert.SkipUnless(OutsideTool.Exists("qpdf"), "qpdf is not installed");
        string path = _folder["encrypted.pdf"];
        ToolRun run = await OutsideTool.RunAsync("qpdf", "--encrypt", "mo", "chu", "256", "--", DocumentDesk.Sample, path);
        Assert.True(run.ExitCode == 0, run.Everything);
        return await File.ReadAllBytesAsync(path);
    }
}
