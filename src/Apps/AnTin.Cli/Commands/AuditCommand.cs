using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AnTin.Cli.Files;
using AnTin.Contracts.Oversight;
using AnTin.Contracts.Platform;
using AnTin.Platform.Evidence.Tree;

namespace AnTin.Cli.Commands;

/// <summary>`antin audit`: checks an exported evidence log and recomputes figures from it, offline.</summary>
internal static class AuditCommand
{
    public static Command Create(Terminal terminal) => new("audit", terminal.Say(
        "Kiểm tra bản xuất nhật ký bằng chứng, không cần mạng.", "Checks an exported evidence log, offline."))
    {
        CreateVerify(terminal),
        CreateFigures(terminal),
    };

    private static Argument<string> Export(Terminal terminal) => new("EXPORT")
    {
        Description = terminal.Say("Thư mục hoặc tệp ZIP đã xuất.", "The exported folder or ZIP file."),
    };

    private static Command CreateVerify(Terminal terminal)
    {
        Argument<string> export = Export(terminal);
        var checkpoint = new Option<string?>("--checkpoint")
        {
            Description = terminal.Say("Điểm chốt đã giữ từ trước: nhật ký phải nối tiếp nó.", "A checkpoint kept from earlier: the log must have grown from it."),
        };
        var key = new Option<string?>("--key")
        {
            Description = terminal.Say(
                "Khóa kiểm tra (vkey) hoặc tệp chứa nó, lấy từ nơi tin cậy ngoài bản xuất.",
                "The verifier key (vkey) or a file with it, from a trusted place outside the export."),
        };
        var command = new Command("verify", terminal.Say(
            "Chứng minh nhật ký nguyên vẹn: không sửa, bớt, đảo, chèn hay cắt.",
            "Proves the log whole: nothing altered, dropped, reordered, inserted or cut."))
        {
            export, checkpoint, key,
        };
        command.SetAction((parsed, ct) => VerifyAsync(terminal, parsed.GetRequiredValue(export), parsed.GetValue(checkpoint), parsed.GetValue(key), ct));
        return command;
    }

    private static async Task<int> VerifyAsync(Terminal terminal, string path, string? checkpoint, string? key, CancellationToken ct)
    {
        if (checkpoint is not null && key is null)
            return terminal.Refuse(new Error(CliErrors.OptionNeeds, "--checkpoint", "--key"));
        string? oldNote = null;
        if (checkpoint is not null)
        {
            if (!(await InputFile.ReadSmallAsync(checkpoint, ct)).TryGet(out byte[]? bytes, out Error? missing))
                return terminal.Refuse(missing);
            oldNote = Encoding.UTF8.GetString(bytes);
        }
        if (!(await ReadKeyAsync(key, ct)).TryGet(out KeyChoice? choice, out Error? refused))
            return terminal.Refuse(refused);
        if (!Open(path).TryGet(out AuditExport? export, out Error? unreadable))
            return terminal.Refuse(unreadable);
        using (export)
        {
            AuditReport report = AuditVerifier.Verify(export, oldNote, choice.Key);
            Print(terminal, report, oldNote is not null);
            return report.IsWhole ? ExitCode.Done : ExitCode.Failed;
        }
    }

    private static void Print(Terminal terminal, AuditReport report, bool againstOlder)
    {
        if (report.IsWhole)
        {
            terminal.Out.WriteLine(terminal.Say(
                $"NGUYÊN VẸN: {report.Size} mục của {report.Origin}, gốc cây {report.Root}.",
                $"WHOLE: {report.Size} entries of {report.Origin}, root {report.Root}."));
            if (againstOlder)
                terminal.Out.WriteLine(terminal.Say("Nối tiếp đúng điểm chốt đã giữ.", "It has grown from the checkpoint that was kept."));
        }
        else
        {
            terminal.Out.WriteLine(terminal.Say("KHÔNG NGUYÊN VẸN:", "NOT WHOLE:"));
            foreach (AuditFinding finding in report.Findings)
                terminal.Out.WriteLine($"  {terminal.Say(finding.Text)}");
            if (report.Findings.Count == AuditVerifier.MaxFindings)
                terminal.Out.WriteLine(terminal.Say("  … (còn nữa)", "  … (more)"));
        }
        if (!report.KeyIsIndependent)
        {
            terminal.Error.WriteLine("antin: " + terminal.Say(
                "khóa kiểm tra lấy từ chính bản xuất, nên chỉ chứng tỏ bản xuất khớp với nó; thêm --key từ nơi tin cậy để chắc chắn",
                "the verifier key came from the export itself, which only shows that the export agrees with it; add --key from a trusted place to be sure"));
        }
    }

    private sealed record KeyChoice(NoteVerifier? Key);

    private static async Task<Result<KeyChoice>> ReadKeyAsync(string? key, CancellationToken ct)
    {
        if (key is null)
            return new KeyChoice(null);
        string text = key;
        if (File.Exists(key))
        {
            if (!(await InputFile.ReadSmallAsync(key, ct)).TryGet(out byte[]? bytes, out Error? error))
                return error;
            text = Encoding.UTF8.GetString(bytes);
        }
        try
        {
            return new KeyChoice(NoteVerifier.Parse(text.Trim()));
        }
        catch (EvidenceFormatException)
        {
            return new Error(CliErrors.OptionValue, "--key", key, "NAME+HASH+KEY");
        }
    }

    private static Command CreateFigures(Terminal terminal)
    {
        Argument<string> export = Export(terminal);
        var period = new Option<string?>("--period")
        {
            Description = terminal.Say("Chỉ một tháng, dạng YYYY-MM.", "One month only, as YYYY-MM."),
        };
        var json = new Option<bool>("--json") { Description = terminal.Say("In JSON.", "Prints JSON.") };
        var command = new Command("figures", terminal.Say(
            "Tính lại số liệu văn bản ban hành chỉ từ bản xuất, sau khi kiểm tra bản xuất nguyên vẹn.",
            "Recomputes the figures of documents issued from the export alone, after proving it whole."))
        {
            export, period, json,
        };
        command.SetAction((parsed, _) => Task.FromResult(
            Figures(terminal, parsed.GetRequiredValue(export), parsed.GetValue(period), parsed.GetValue(json))));
        return command;
    }

    private static int Figures(Terminal terminal, string path, string? month, bool json)
    {
        Period? period = null;
        if (month is not null)
        {
            if (!Period.TryParse(month, out Period parsed))
                return terminal.Refuse(new Error(CliErrors.OptionValue, "--period", month, "YYYY-MM"));
            period = parsed;
        }
        if (!Open(path).TryGet(out AuditExport? export, out Error? unreadable))
            return terminal.Refuse(unreadable);
        using (export)
        {
            // A figure of an export that is not whole would be a number that proves nothing.
            AuditReport report = AuditVerifier.Verify(export, oldCheckpoint: null, key: null);
            if (!report.IsWhole)
                return terminal.Refuse(new Error(CliErrors.EvidenceUnreadable, path, report.Findings[0].Text));
            IReadOnlyList<IssuedDocumentsFigure> figures;
            try
            {
                IEnumerable<FigureEntry> entries = export.ReadRecords().Select(record => new FigureEntry(record.Act, record.Details));
                figures = period is { } one ? [FigureCalculator.Compute(entries, one)] : FigureCalculator.Compute(entries);
            }
            catch (Exception e) when (e is EvidenceFormatException or FigureFormatException)
            {
                return terminal.Refuse(new Error(CliErrors.EvidenceUnreadable, path, e.Message));
            }
            if (json)
                terminal.Out.WriteLine(Encoding.UTF8.GetString(FiguresJson.Write(figures)));
            else
                Print(terminal, figures);
            return ExitCode.Done;
        }
    }

    private static void Print(Terminal terminal, IReadOnlyList<IssuedDocumentsFigure> figures)
    {
        if (figures.Count == 0)
            terminal.Out.WriteLine(terminal.Say("Không có văn bản nào được ban hành.", "No document was issued."));
        foreach (IssuedDocumentsFigure figure in figures)
        {
            terminal.Out.WriteLine(terminal.Say($"Tháng {figure.Period}", $"Month {figure.Period}"));
            foreach (IssuedDocumentsRow row in figure.Rows)
                terminal.Out.WriteLine($"  {row.OrganisationCode}  {row.OrganisationName}: {Describe(terminal, row)}");
            terminal.Out.WriteLine($"  {terminal.Say("Cộng", "Total")}: {Describe(terminal, figure.Total)}");
        }
    }

    private static string Describe(Terminal terminal, IssuedDocumentsRow row) => terminal.Say(
        $"{row.Issued} văn bản, ký số cá nhân {row.PersonallySigned} ({Percent(row.PersonalRate)}), ký số cơ quan {row.Sealed} ({Percent(row.SealRate)})",
        $"{row.Issued} documents, {row.PersonallySigned} personally signed ({Percent(row.PersonalRate)}), {row.Sealed} sealed ({Percent(row.SealRate)})");

    private static string Percent(decimal? rate) =>
        rate is { } percent ? percent.ToString("0.00", CultureInfo.InvariantCulture) + " %" : "–";

    private static Result<AuditExport> Open(string path)
    {
        if (!Path.Exists(path))
            return new Error(CliErrors.InputMissing, path);
        AuditExport? export = null;
        try
        {
            export = AuditExport.Open(path);
            // Without a checkpoint it is some other folder or archive; with one, whatever is wrong is a finding.
            export.ReadCheckpoint();
            AuditExport opened = export;
            export = null;
            return opened;
        }
        catch (EvidenceFormatException e)
        {
            return new Error(CliErrors.EvidenceUnreadable, path, e.Message);
        }
        finally
        {
            export?.Dispose();
        }
    }
}
