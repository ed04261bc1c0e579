using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Contracts.Validation;
using AnTin.Modules.Documents.Domain;
using AnTin.Pdf;
using AnTin.Platform.Evidence;
using AnTin.Signatures;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Tests.Documents;

/// <summary>A document from draft to issue, on both databases.</summary>
public sealed class WholeFlowTests(Hosts hosts)
{
    public static TheoryData<StoreKind> Stores => [StoreKind.Sqlite, StoreKind.PostgreSql];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_decision_is_frozen_initialled_signed_numbered_and_sealed(StoreKind kind)
    {
        DocumentsHost host = await hosts.GetAsync(kind);

        Guid id = await host.UploadAndSignAsync();
        IssuedNumber issued = await host.SealedAsync(id);

        byte[] file = await host.FileAsync(id);
        await Witnesses.AssertSoundAsync(file, signatures: 3);
        Assert.Equal(Samples.Decision, file[..Samples.Decision.Length]);
        var document = PdfDocument.Open(new MemorySource(file));
        Assert.Equal(DocumentNumber.Digits(issued.Number), Value(document, "AnTin.Number"));
        Assert.Equal(DocumentNumber.DateInWords(issued.IssuedOn), Value(document, "AnTin.Date"));
        string text = (await Witnesses.TextAsync(file)).Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains($"Số:{issued.Symbol}", text, StringComparison.Ordinal);
        Assert.Contains($"AnBình,{DocumentNumber.DateInWords(issued.IssuedOn)}".Replace(" ", "", StringComparison.Ordinal), text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Later_acts_are_only_form_filling_within_the_locks_of_earlier_signatures(StoreKind kind)
    {
        DocumentsHost host = await hosts.GetAsync(kind);
        Guid id = await host.UploadAndSignAsync();
        await host.SealedAsync(id);

        ValidationReport report = await host.ValidateAsync(await host.FileAsync(id));

        Assert.Equal(Verdict.Valid, report.Verdict);
        Assert.Equal([ChangeLevel.FormFilling, ChangeLevel.FormFilling, ChangeLevel.None], report.Signatures.Select(s => s.ChangesAfter));
        Assert.All(report.Signatures, signature =>
        {
            Assert.True(signature.ChangesWithinLocks);
            Assert.True(signature.CryptoIntact);
            Assert.Equal(CertificateClass.OfficialDuty, signature.CertificateClass);
            Assert.Equal("PAdES-B-T", signature.Level);
        });
        Assert.Equal(["Trần Minh Khôi", "Phạm Quốc Bảo", "SỞ XÂY DỰNG"], report.Signatures.Select(s => s.SignedBy));
        Assert.Equal([SignatureRole.Initial, SignatureRole.Official, SignatureRole.Seal], report.Signatures.Select(s => s.Role));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Every_step_is_one_evidence_entry_with_file_and_certificate(StoreKind kind)
    {
        DocumentsHost host = await hosts.GetAsync(kind);
        Guid id = await host.UploadAndSignAsync();
        IssuedNumber issued = await host.SealedAsync(id);

        IReadOnlyList<EvidenceView> entries = await host.EvidenceAsync(id);
        OutgoingDocument document = await host.DbAsync(db => db.Set<OutgoingDocument>().Include(d => d.Steps).SingleAsync(d => d.Id == id));

        Assert.Equal(
            [DocumentActs.Uploaded, DocumentActs.Frozen, DocumentActs.Initialled, DocumentActs.Signed, DocumentActs.Issued],
            entries.Select(entry => entry.Record.Act));
        Assert.Equal(document.OriginalSha256, entries[0].Record.DocumentSha256);
        Assert.Equal(document.Steps.OrderBy(s => s.Kind).Select(s => s.FileSha256), entries.Skip(2).Select(entry => entry.Record.DocumentSha256));
        Assert.Equal(document.Steps.OrderBy(s => s.Kind).Select(s => s.CertificateSha256), entries.Skip(2).Select(entry => entry.Record.CertificateSha256));
        Assert.Equal(["Nguyễn Thu Hà", "Nguyễn Thu Hà", "Trần Minh Khôi", "Phạm Quốc Bảo", "Võ Thị Kim Ngân"], entries.Select(entry => entry.Record.Actor.Name));
        Assert.Equal(issued.Number, entries[^1].Record.Details.GetProperty("number").GetInt32());
        Assert.Equal("H99.05", entries[^1].Record.Details.GetProperty("organisationCode").GetString());
        Assert.True(entries[^1].Record.Details.GetProperty("sealed").GetBoolean());
        Assert.True(entries[^1].Record.Details.GetProperty("personallySigned").GetBoolean());
        Assert.Equal(0, await host.DbAsync(db => db.Set<PendingSignature>().CountAsync(p => p.DocumentId == id)));
    }

    [Fact]
    public async Task A_deputy_signs_for_the_head()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision, host.Request(signer: "phogiamdoc"));
        DocumentsHost.Succeeded(await host.FreezeAsync(id));
        DocumentsHost.Succeeded(await host.InitialAsync(id));

        Result head = await host.SignAsync(id, "giamdoc");
        Result deputy = await host.SignAsync(id, "phogiamdoc");

        // The head takes no part in this document: it does not exist for him.
        Assert.Equal("documents.not-found", head.Error?.Code);
        DocumentsHost.Succeeded(deputy);
        EvidenceView signed = (await host.EvidenceAsync(id)).Single(entry => entry.Record.Act == DocumentActs.Signed);
        Assert.Equal("KT. Phó Giám đốc", signed.Record.Details.GetProperty("capacity").GetString());
    }

    [Fact]
    public async Task A_file_that_arrives_signed_shows_its_number_in_the_organisations_signature()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        byte[] signedElsewhere = await Samples.SignedElsewhereAsync();
        Guid id = await host.UploadAsync(signedElsewhere);
        DocumentsHost.Succeeded(await host.FreezeAsync(id));
        DocumentsHost.Succeeded(await host.InitialAsync(id));
        DocumentsHost.Succeeded(await host.SignAsync(id));
        await host.SealedAsync(id);

        byte[] file = await host.FileAsync(id);

        await Witnesses.AssertSoundAsync(file, signatures: 5);
        Assert.Equal(signedElsewhere, file[..signedElsewhere.Length]);
        var fields = PdfDocument.Open(new MemorySource(file)).AcroForm!.Fields.Select(field => field.FullName).ToList();
        Assert.Contains("AnTin.Registration", fields);
        Assert.DoesNotContain("AnTin.Number", fields);
        ValidationReport report = await host.ValidateAsync(file);
        Assert.All(report.Signatures, signature => Assert.True(signature.CryptoIntact));
    }

    private static string? Value(PdfDocument document, string field) =>
        (document.Resolve(document.AcroForm!.Find(field)!.Value) as PdfString)?.ToText();
}
