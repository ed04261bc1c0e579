using AnTin.Cli.Files;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Directory;
using AnTin.Contracts.Documents;
using AnTin.Contracts.Oversight;
using AnTin.Contracts.Platform;
using AnTin.Contracts.Validation;
using AnTin.Pdf;
using AnTin.Platform.Evidence;
using AnTin.Platform.Evidence.Tree;
using AnTin.Signatures;

namespace AnTin.Cli.Demo;

/// <summary>The acts of the flow in their order, each by the person it belongs to, each leaving what it made in the folder.</summary>
internal sealed class DemoFlow(Terminal terminal, DemoOffice office, string input, string folder)
{
    private const string Department = "H99.05";

    // Printed by the server at its start: keys of the demonstration protect nothing.
    private const string Pin = "246810";
    private const int Steps = 8;

    private readonly DateOnly _today = DateOnly.FromDateTime(terminal.Time.GetUtcNow().ToOffset(Text.VietnamOffset).DateTime);
    private int _step;

    public async Task<Result> RunAsync(CancellationToken ct)
    {
        if (await TrustAsync(ct) is { } untold)
            return untold;
        if (!(await DraftAsync(ct)).TryGet(out Guid document, out Error? refused))
            return refused;
        if (await SignedAsync(document, ct) is { } unsigned)
            return unsigned;
        return await VerifiedAsync(document, ct) ?? await ProvenAsync(ct) ?? Result.Success;
    }

    // 1. What a verifier needs: anchors with their class, issuers, status as of now.
    private async Task<Result?> TrustAsync(CancellationToken ct)
    {
        Say("chứng thư số của cơ quan và cán bộ đã cấp; nơi cấp và trạng thái để trong trust/", "certificates were issued; anchors and status are in trust/");
        TrustMaterial trust = await office.WithAsync<ITrustSource, TrustMaterial>(source => source.GetAsync(ct));
        int number = 0;
        foreach (TrustAnchorEntry anchor in trust.Anchors)
        {
            string kind = anchor.Class switch { AnchorClass.OfficialDuty => "official-duty", AnchorClass.Public => "public", _ => "other" };
            string pem = PemFile.Write(PemBlock.Certificate, anchor.Certificate.Span, new KeyValuePair<string, string>(PemBlock.ClassHeader, kind));
            if (await WriteAsync($"trust/root{++number}.pem", pem, ct) is { } failed)
                return failed;
        }
        foreach ((ReadOnlyMemory<byte> der, int i) in trust.Certificates.Select((der, i) => (der, i + 1)))
        {
            if (await WriteAsync($"trust/ca{i}.pem", PemFile.Write(PemBlock.Certificate, der.Span), ct) is { } failed)
                return failed;
        }
        return await WriteStatusAsync(ct);
    }

    // Written again at the end: what was revoked or renewed meanwhile counts.
    private async Task<Result?> WriteStatusAsync(CancellationToken ct)
    {
        TrustMaterial trust = await office.WithAsync<ITrustSource, TrustMaterial>(source => source.GetAsync(ct));
        foreach ((ReadOnlyMemory<byte> der, int i) in trust.Crls.Select((der, i) => (der, i + 1)))
        {
            if (await WriteAsync($"trust/list{i}.crl", der, ct) is { } failed)
                return failed;
        }
        foreach ((ReadOnlyMemory<byte> der, int i) in trust.OcspResponses.Select((der, i) => (der, i + 1)))
        {
            if (await WriteAsync($"trust/answer{i}.ors", der, ct) is { } failed)
                return failed;
        }
        return null;
    }

    // 2. The drafter uploads and freezes: number, date and signature fields are laid before anyone signs.
    private async Task<Result<Guid>> DraftAsync(CancellationToken ct)
    {
        Actor drafter = await office.ActorAsync("soanthao", ct);
        Actor head = await office.ActorAsync("truongphong", ct);
        Actor leader = await office.ActorAsync("giamdoc", ct);
        OrganisationInfo department = await office.OrganisationAsync(Department, _today, ct);
        var draft = new NewDocument(
            department.Id, "quyet-dinh", Title(), new PersonId(head.PersonId!.Value), new PersonId(leader.PersonId!.Value), Path.GetFileName(input));
        await using FileStream file = File.OpenRead(input);
        Result<Guid> uploaded = await office.WithAsync<IDocumentFlow, Result<Guid>>(flow => flow.UploadAsync(drafter, draft, file, ct));
        if (!uploaded.TryGet(out Guid document, out Error? refused))
            return refused;
        Result frozen = await office.WithAsync<IDocumentFlow, Result>(flow => flow.FreezeAsync(drafter, document, ct));
        if (!frozen.IsSuccess)
            return frozen.Error;
        Say($"{drafter.Name} trình và chốt văn bản: 1-frozen.pdf", $"{drafter.Name} uploads and freezes the document: 1-frozen.pdf");
        return await KeepAsync(drafter, document, "1-frozen.pdf", ct) is { } failed ? failed.Error! : document;
    }

    // 3. to 5. Initial, signature, then number, date and seal in one act.
    private async Task<Result?> SignedAsync(Guid document, CancellationToken ct)
    {
        Actor head = await office.ActorAsync("truongphong", ct);
        Result initialled = await office.WithAsync<IDocumentFlow, Result>(flow => flow.InitialAsync(head, new SigningRequest(document, Pin), ct));
        if (!initialled.IsSuccess)
            return initialled;
        Say($"{head.Name} ký nháy: 2-initialled.pdf", $"{head.Name} initials: 2-initialled.pdf");
        if (await KeepAsync(head, document, "2-initialled.pdf", ct) is { } first)
            return first;

        Actor leader = await office.ActorAsync("giamdoc", ct);
        Result signed = await office.WithAsync<IDocumentFlow, Result>(flow => flow.SignAsync(leader, new SigningRequest(document, Pin), ct));
        if (!signed.IsSuccess)
            return signed;
        Say($"{leader.Name} ký chính thức: 3-signed.pdf", $"{leader.Name} signs: 3-signed.pdf");
        if (await KeepAsync(leader, document, "3-signed.pdf", ct) is { } second)
            return second;

        Actor clerk = await office.ActorAsync("vanthu", ct);
        Result<IssuedNumber> issued = await office.WithAsync<IDocumentFlow, Result<IssuedNumber>>(
            flow => flow.SealAsync(clerk, new SigningRequest(document, Pin), ct));
        if (!issued.TryGet(out IssuedNumber? number, out Error? refused))
            return refused;
        Say($"{clerk.Name} cấp số {number.Number} ({number.Symbol}), đóng dấu: 4-issued.pdf", $"{clerk.Name} gives number {number.Number} ({number.Symbol}) and seals: 4-issued.pdf");
        return await KeepAsync(clerk, document, "4-issued.pdf", ct);
    }

    // 6. The same verification as the public page.
    private async Task<Result?> VerifiedAsync(Guid document, CancellationToken ct)
    {
        string issued = Path.Combine(folder, "4-issued.pdf");
        using var source = new FileSource(issued);
        ValidationReport report = await office.WithAsync<IDocumentValidator, ValidationReport>(validator => validator.ValidateAsync(source, ct));
        Say("kiểm tra văn bản đã ban hành: 5-verification.json", "the issued document is verified: 5-verification.json");
        ReportText.Write(terminal, issued, report);
        if (await WriteAsync("5-verification.json", ReportJson.Write(report, terminal.Language == Language.En), ct) is { } failed)
            return failed;
        if (await WriteStatusAsync(ct) is { } untold)
            return untold;
        return report.Verdict == Verdict.Valid
            ? null
            : throw new InvalidOperationException($"The flow made a document {document} that does not verify: {report.Verdict}.");
    }

    // 7. and 8. The evidence of every act, proven whole; the figure computed from it alone.
    private async Task<Result?> ProvenAsync(CancellationToken ct)
    {
        await office.WithAsync<IEvidenceSequencing, int>(async sequencing =>
        {
            await sequencing.CatchUpAsync(EvidenceLogs.Audit, ct);
            return 0;
        });
        using var archive = new MemoryStream();
        await office.WithAsync<IEvidenceExporter, int>(async exporter =>
        {
            await exporter.ExportAsync(EvidenceLogs.Audit, archive, ct);
            return 0;
        });
        if (await WriteAsync("6-evidence.zip", archive.ToArray(), ct) is { } failed)
            return failed;
        using AuditExport export = AuditExport.Open(Path.Combine(folder, "6-evidence.zip"));
        AuditReport audit = AuditVerifier.Verify(export, oldCheckpoint: null, key: null);
        if (!audit.IsWhole)
            throw new InvalidOperationException($"The evidence is not whole: {audit.Findings[0].Text.En}");
        Say($"bằng chứng nguyên vẹn, {audit.Size} mục: 6-evidence.zip", $"the evidence is whole, {audit.Size} entries: 6-evidence.zip");
        if (await WriteAsync("6-vkey.txt", export.ReadVerifierKey() + "\n", ct) is { } unkept)
            return unkept;

        IReadOnlyList<IssuedDocumentsFigure> figures = FigureCalculator.Compute(export.ReadRecords().Select(r => new FigureEntry(r.Act, r.Details)));
        IssuedDocumentsRow total = figures[^1].Total;
        Say(
            $"số liệu tháng {figures[^1].Period} tính lại từ bằng chứng: {total.Issued} văn bản, ký số cá nhân {total.PersonallySigned}, ký số cơ quan {total.Sealed}: 7-figures.json",
            $"figure of {figures[^1].Period} recomputed from the evidence: {total.Issued} documents, {total.PersonallySigned} personally signed, {total.Sealed} sealed: 7-figures.json");
        return await WriteAsync("7-figures.json", FiguresJson.Write(figures), ct);
    }

    private string Title()
    {
        string name = Path.GetFileNameWithoutExtension(input).Trim();
        return name.Length is > 0 and <= 300 ? name : "Văn bản thử nghiệm";
    }

    private async Task<Result?> KeepAsync(Actor actor, Guid document, string name, CancellationToken ct)
    {
        Result<DocumentFile> opened = await office.WithAsync<IDocumentFlow, Result<DocumentFile>>(flow => flow.OpenFileAsync(actor, document, ct));
        if (!opened.TryGet(out DocumentFile? file, out Error? refused))
            return refused;
        await using (file)
        {
            string path = Path.Combine(folder, name);
            if (!OutputFile.Create(path, input).TryGet(out OutputFile? output, out Error? unwritable))
                return unwritable;
            await using (output)
            {
                try
                {
                    await file.Content.CopyToAsync(output.Stream, ct);
                }
                catch (Exception e) when (OutputFile.IsWriteFailure(e))
                {
                    return OutputFile.Failed(path, e);
                }
                Result kept = await output.CommitAsync(ct);
                return kept.IsSuccess ? null : kept;
            }
        }
    }

    private Task<Result?> WriteAsync(string name, string text, CancellationToken ct) => WriteAsync(name, System.Text.Encoding.UTF8.GetBytes(text), ct);

    private async Task<Result?> WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Result written = await OutputFile.WriteAsync(path, content, ct);
        return written.IsSuccess ? null : written;
    }

    private void Say(string vi, string en) => terminal.Out.WriteLine($"[{++_step}/{Steps}] {terminal.Say(vi, en)}");
}
