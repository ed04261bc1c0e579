using System.Text;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.TestKit.Hosting;
using AnTin.TestKit.Pdf;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Tests.Documents;

/// <summary>Everything that is refused, and that a refusal changes nothing.</summary>
public sealed class RefusalTests(Hosts hosts)
{
    public static TheoryData<string, string> BadFiles => new()
    {
        { "empty", "documents.file-empty" },
        { "text", "documents.not-pdf" },
        { "truncated", "documents.broken" },
        { "encrypted", "documents.encrypted" },
        { "too many pages", "documents.too-many-pages" },
        { "broken signature", "documents.broken-signature" },
        { "certified", "documents.certified-unchangeable" },
        { "our own fields", "documents.field-name-taken" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_file_that_cannot_be_signed_to_the_end_is_refused_at_the_door(string what, string code)
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        byte[] file = what switch
        {
            "empty" => [],
            "text" => Encoding.UTF8.GetBytes("Kính gửi: các đơn vị thuộc Sở"),
            "truncated" => Samples.Decision[..(Samples.Decision.Length / 2)],
            "encrypted" => await Samples.EncryptedAsync(),
            "too many pages" => await Samples.PagesAsync(2001),
            "broken signature" => Samples.WithBrokenSignature(await Samples.SignedElsewhereAsync()),
            "certified" => Samples.Certified(),
            _ => await host.FileAsync(await FrozenAsync(host)),
        };
        int before = await CountAsync(host);

        Result<Guid> uploaded = await host.TryUploadAsync(file);

        Assert.Equal(code, uploaded.Error?.Code);
        Assert.Equal(before, await CountAsync(host));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        using var file = new EndlessStream();

        Result<Guid> uploaded = await host.FlowAsync(flow => flow.UploadAsync(host.Actor("soanthao"), host.Request(), file, CancellationToken.None));

        Assert.Equal("documents.file-too-large", uploaded.Error?.Code);
        Assert.InRange(file.Given, 50L << 20, 51L << 20);
    }

    [Fact]
    public async Task A_request_with_wrong_people_or_kind_is_refused()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        var refusals = new List<string?>();
        foreach (NewDocument request in (NewDocument[])[
            host.Request(title: "  "), host.Request(title: new string('x', 501)), host.Request(kind: "to-roi"),
            host.Request(initialler: "giamdoc"), host.Request(signer: "truongphong"), host.Request(signer: "giamdoc2")])
            refusals.Add((await host.TryUploadAsync(Samples.Decision, request)).Error?.Code);
        refusals.Add((await host.TryUploadAsync(Samples.Decision, host.Request(), drafter: "giamdoc")).Error?.Code);
        refusals.Add((await host.TryUploadAsync(Samples.Decision, host.Request(), drafter: "soanthao2")).Error?.Code);

        Assert.Equal(
            ["documents.title-missing", "documents.title-too-long", "documents.kind-unknown", "documents.initialler-unknown",
             "documents.signer-unknown", "documents.signer-unknown", "documents.drafter-only", "documents.drafter-only"], refusals);
    }

    [Fact]
    public async Task Steps_out_of_order_or_of_others_are_refused_and_change_nothing()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision);
        Assert.Equal("documents.not-frozen", (await host.InitialAsync(id)).Error?.Code);
        Assert.Equal("documents.drafter-only", (await host.FreezeAsync(id, "truongphong")).Error?.Code);
        DocumentsHost.Succeeded(await host.FreezeAsync(id));
        Assert.Equal("documents.already-frozen", (await host.FreezeAsync(id)).Error?.Code);
        Assert.Equal("documents.initial-first", (await host.SignAsync(id)).Error?.Code);
        Assert.Equal("documents.not-your-step", (await host.InitialAsync(id, "giamdoc")).Error?.Code);
        Assert.Equal("documents.seal-before-signature", (await host.SealAsync(id)).Error?.Code);
        string before = await HashAsync(host, id);
        DocumentsHost.Succeeded(await host.InitialAsync(id));
        Assert.NotEqual(before, await HashAsync(host, id));
        Assert.Equal("documents.seal-before-signature", (await host.SealAsync(id)).Error?.Code);
        Assert.Equal("documents.already-done", (await host.InitialAsync(id)).Error?.Code);
        Assert.Equal("documents.not-your-step", (await host.SignAsync(id, "truongphong")).Error?.Code);
        DocumentsHost.Succeeded(await host.SignAsync(id));
        Assert.Equal("documents.already-done", (await host.SignAsync(id)).Error?.Code);
        Assert.Equal("documents.clerk-only", (await host.SealAsync(id, "giamdoc")).Error?.Code);
        await host.SealedAsync(id);
        Assert.Equal("documents.already-done", (await host.SealAsync(id)).Error?.Code);
        Assert.Equal(5, (await host.EvidenceAsync(id)).Count);
    }

    [Fact]
    public async Task A_document_of_another_organisation_does_not_exist()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAndSignAsync();

        foreach (string foreigner in (string[])["soanthao2", "truongphong2", "giamdoc2", "vanthu2"])
        {
            Assert.Equal("documents.not-found", (await host.FreezeAsync(id, foreigner)).Error?.Code);
            Assert.Equal("documents.not-found", (await host.InitialAsync(id, foreigner)).Error?.Code);
            Assert.Equal("documents.not-found", (await host.SignAsync(id, foreigner)).Error?.Code);
            Assert.Equal("documents.not-found", (await host.SealAsync(id, foreigner)).Error?.Code);
            Assert.Equal("documents.not-found", (await host.ReturnAsync(id, foreigner)).Error?.Code);
            Assert.Equal("documents.not-found", (await host.FlowAsync(flow => flow.OpenFileAsync(host.Actor(foreigner), id, CancellationToken.None))).Error?.Code);
        }
        Assert.Equal("documents.not-found", (await host.SignAsync(Guid.Empty)).Error?.Code);
    }

    [Theory]
    [InlineData("hethan", "documents.credential-expired")]
    [InlineData("thuhoi", "documents.credential-revoked")]
    public async Task An_expired_or_revoked_certificate_signs_nothing(string leader, string code)
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision, host.Request(signer: leader));
        DocumentsHost.Succeeded(await host.FreezeAsync(id));
        DocumentsHost.Succeeded(await host.InitialAsync(id));
        string before = await HashAsync(host, id);

        Result signed = await host.SignAsync(id, leader);

        Assert.Equal(code, signed.Error?.Code);
        Assert.Equal(before, await HashAsync(host, id));
    }

    [Fact]
    public async Task A_wrong_pin_is_refused_and_the_right_one_then_signs()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await FrozenAsync(host);

        Result empty = await host.InitialAsync(id, pin: "");
        Result wrong = await host.InitialAsync(id, pin: "000000");
        Result right = await host.InitialAsync(id);

        Assert.Equal("documents.pin-missing", empty.Error?.Code);
        Assert.StartsWith("custody.", wrong.Error?.Code, StringComparison.Ordinal);
        DocumentsHost.Succeeded(right);
    }

    [Fact]
    public async Task The_same_form_sent_twice_at_once_signs_once()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await FrozenAsync(host);
        int version = await host.DbAsync(db => db.Set<OutgoingDocument>().Where(d => d.Id == id).Select(d => d.Version).SingleAsync());

        Result[] results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.InitialAsync(id, version: version)));

        Assert.All(results, DocumentsHost.Succeeded);
        Assert.Single((await host.EvidenceAsync(id)), entry => entry.Record.Act == DocumentActs.Initialled);
        await Witnesses.AssertSoundAsync(await host.FileAsync(id), signatures: 1);
    }

    [Fact]
    public async Task A_page_opened_before_a_change_does_not_sign_what_its_reader_never_saw()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision);
        int version = await host.DbAsync(db => db.Set<OutgoingDocument>().Where(d => d.Id == id).Select(d => d.Version).SingleAsync());
        DocumentsHost.Succeeded(await host.FreezeAsync(id));

        Assert.Equal("documents.changed-meanwhile", (await host.InitialAsync(id, version: version)).Error?.Code);
    }

    [Fact]
    public async Task A_stored_file_that_was_tampered_with_is_never_signed()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        // A file that no other test has: equal files share one blob.
        Guid id = await host.UploadAsync(new SamplePdf { Seed = 4711, Pages = 2 }.Build());
        DocumentsHost.Succeeded(await host.FreezeAsync(id));
        string sha256 = await HashAsync(host, id);
        string path = System.IO.Directory.EnumerateFiles(host.Host.DataDirectory, sha256, SearchOption.AllDirectories).Single();
        File.SetAttributes(path, FileAttributes.Normal);
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[^10] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);

        Assert.Equal("documents.file-damaged", (await host.InitialAsync(id)).Error?.Code);
    }

    [Fact]
    public async Task The_clerk_returns_a_signed_document_with_a_reason_and_it_goes_no_further()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAndSignAsync();

        Assert.Equal("documents.reason-missing", (await host.ReturnAsync(id, "vanthu", "  ")).Error?.Code);
        Assert.Equal("documents.clerk-only", (await host.ReturnAsync(id, "soanthao")).Error?.Code);
        DocumentsHost.Succeeded(await host.ReturnAsync(id, "vanthu", "Sai tên loại văn bản"));

        Assert.Equal("documents.was-returned", (await host.SealAsync(id)).Error?.Code);
        var entry = (await host.EvidenceAsync(id))[^1];
        Assert.Equal(DocumentActs.Refused, entry.Record.Act);
        Assert.Equal("Sai tên loại văn bản", entry.Record.Details.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_issued_document_cannot_be_returned()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAndSignAsync();
        await host.SealedAsync(id);

        Assert.Equal("documents.already-issued", (await host.ReturnAsync(id, "vanthu")).Error?.Code);
    }

    [Fact]
    public void Every_refusal_says_what_is_wrong_in_both_languages()
    {
        Assert.All(DocumentErrors.Texts, text =>
        {
            Assert.StartsWith("documents.", text.Code, StringComparison.Ordinal);
            Assert.InRange(text.Text.Vi.Length, 20, 400);
            Assert.InRange(text.Text.En.Length, 20, 400);
            object?[] args = ["a", "b", "c"];
            Assert.DoesNotContain("{", text.Text.Format(Language.Vi, args), StringComparison.Ordinal);
            Assert.DoesNotContain("{", text.Text.Format(Language.En, args), StringComparison.Ordinal);
        });
    }

    /// <summary>A sender that never ends.</summary>
    private sealed class EndlessStream : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    private static async Task<Guid> FrozenAsync(DocumentsHost host)
    {
        Guid id = await host.UploadAsync(Samples.Decision);
        DocumentsHost.Succeeded(await host.FreezeAsync(id));
        return id;
    }

    private static Task<int> CountAsync(DocumentsHost host) => host.DbAsync(db => db.Set<OutgoingDocument>().CountAsync());

    private static Task<string> HashAsync(DocumentsHost host, Guid id) =>
        host.DbAsync(db => db.Set<OutgoingDocument>().Where(d => d.Id == id).Select(d => d.CurrentSha256).SingleAsync());
}
