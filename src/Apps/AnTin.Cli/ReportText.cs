using System.Globalization;
using AnTin.Contracts.Platform;
using AnTin.Signatures;
using Spectre.Console;

namespace AnTin.Cli;

/// <summary>A verification report for a person at a terminal; scripts take `--json`.</summary>
internal static class ReportText
{
    /// <param name="file">Name as given on the command line.</param>
    public static void Write(Terminal terminal, string file, ValidationReport report)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(terminal.Out),
            Ansi = terminal.Rich ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.Rich ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        // Redirected output has no width; lines must not be folded where a script or a diff would see it.
        if (!terminal.Rich)
            console.Profile.Width = int.MaxValue / 2;
        (string word, string colour) = VerdictOf(terminal, report.Verdict);
        console.MarkupLineInterpolated($"[bold]{file}[/]: [{colour} bold]{word}[/]");
        if (report.Error is { } error)
            console.MarkupLineInterpolated($"  {terminal.Say(error.Message, error.MessageEn)}");
        int number = 0;
        foreach (SignatureReport signature in report.Signatures)
            WriteSignature(console, terminal, ++number, signature);
    }

    private static void WriteSignature(IAnsiConsole console, Terminal terminal, int number, SignatureReport signature)
    {
        string who = signature.SignedBy.Length > 0 ? signature.SignedBy : terminal.Say("(không rõ ai ký)", "(signer unknown)");
        string where = signature.Organisation is { Length: > 0 } organisation ? $", {organisation}" : "";
        console.MarkupLineInterpolated($"  {number}. [bold]{who}[/]{where}");
        (string outcome, string colour) = OutcomeOf(terminal, signature);
        Line(terminal.Say("Kết quả", "Result"), outcome, colour);
        Line(terminal.Say("Vai trò", "Capacity"), RoleOf(terminal, signature));
        Line(terminal.Say("Chứng thư số", "Certificate"), ClassOf(terminal, signature.CertificateClass));
        Line(terminal.Say("Thời điểm", "Time"), TimeOf(terminal, signature));
        Line(terminal.Say("Thay đổi về sau", "Changes since"), ChangesOf(terminal, signature));
        Line(terminal.Say("Kỹ thuật", "Technical"), $"{signature.Level}, {signature.Algorithm}, {signature.Digest}");
        foreach (ReportCheck check in signature.Checks.Where(c => c.Result is CheckResult.Fail or CheckResult.Warn))
            console.MarkupLineInterpolated($"     [yellow]![/] {terminal.Say(check.Message, check.MessageEn)} ({check.Reference})");

        void Line(string label, string value, string style = "default") =>
            console.MarkupLineInterpolated($"     {label}: [{style}]{value}[/]");
    }

    private static (string Word, string Colour) VerdictOf(Terminal terminal, Verdict verdict) => verdict switch
    {
        Verdict.Valid => (terminal.Say("HỢP LỆ", "VALID"), "green"),
        Verdict.Invalid => (terminal.Say("KHÔNG HỢP LỆ", "NOT VALID"), "red"),
        Verdict.Indeterminate => (terminal.Say("CHƯA THỂ KẾT LUẬN", "CANNOT BE DECIDED"), "yellow"),
        _ => (terminal.Say("KHÔNG CÓ CHỮ KÝ SỐ", "NO DIGITAL SIGNATURE"), "yellow"),
    };

    private static (string Text, string Colour) OutcomeOf(Terminal terminal, SignatureReport signature)
    {
        string detail = signature.SubIndication is { } sub ? $" ({sub})" : "";
        return signature.Indication switch
        {
            Indication.TotalPassed => (terminal.Say("đúng", "passed"), "green"),
            Indication.TotalFailed => (terminal.Say("sai", "failed") + detail, "red"),
            _ => (terminal.Say("chưa đủ căn cứ", "not enough to decide") + detail, "yellow"),
        };
    }

    private static string RoleOf(Terminal terminal, SignatureReport signature) => (signature.Role, signature.Type) switch
    {
        (_, SignatureType.DocumentTimestamp) => terminal.Say("dấu thời gian của văn bản", "time-stamp of the document"),
        (_, SignatureType.CounterSignature) => terminal.Say("ký xác nhận chữ ký khác", "counter-signature"),
        (SignatureRole.Initial, _) => terminal.Say("ký nháy", "initial"),
        (SignatureRole.Official, _) => terminal.Say("người có thẩm quyền ký", "authorised person"),
        (SignatureRole.Copy, _) => terminal.Say("ký bản sao", "certified copy"),
        (SignatureRole.Digitised, _) => terminal.Say("ký bản số hóa", "digitised paper"),
        (SignatureRole.Result, _) => terminal.Say("ký kết quả", "result"),
        (SignatureRole.Seal, _) or (_, SignatureType.Seal) => terminal.Say("chữ ký số của cơ quan, tổ chức (con dấu)", "organisation (seal)"),
        _ => terminal.Say("chữ ký cá nhân", "personal signature"),
    };

    private static string ClassOf(Terminal terminal, CertificateClass kind) => kind switch
    {
        CertificateClass.OfficialDuty => terminal.Say("chuyên dùng công vụ", "official duty"),
        CertificateClass.Public => terminal.Say("công cộng", "public"),
        CertificateClass.Other => terminal.Say("loại khác", "other"),
        _ => terminal.Say("không rõ loại", "unknown class"),
    };

    private static string TimeOf(Terminal terminal, SignatureReport signature)
    {
        string claimed = signature.ClaimedTime is { } claim
            ? terminal.Say($"{Local(claim)} theo lời người ký", $"{Local(claim)} as the signer states")
            : terminal.Say("không ghi", "not stated");
        return signature.BestTime is { } proven
            ? claimed + terminal.Say($"; có bằng chứng từ {Local(proven)}", $"; proven since {Local(proven)}")
            : claimed;
    }

    private static string ChangesOf(Terminal terminal, SignatureReport signature)
    {
        string what = signature.ChangesAfter switch
        {
            ChangeLevel.None => terminal.Say("không", "none"),
            ChangeLevel.Timestamps => terminal.Say("chỉ thêm dấu thời gian", "only time-stamps"),
            ChangeLevel.FormFilling => terminal.Say("điền trường đã chừa sẵn hoặc ký thêm", "fields filled that were left for it, or further signatures"),
            ChangeLevel.Annotations => terminal.Say("thêm ghi chú", "annotations"),
            _ => terminal.Say("nội dung khác", "other content"),
        };
        return signature.ChangesWithinLocks ? what : what + terminal.Say(" (trái với khóa của chữ ký)", " (against the signature's locks)");
    }

    // Vietnam's time, with its offset, as the law's presentation of signatures asks.
    private static string Local(DateTimeOffset time) =>
        time.ToOffset(Contracts.Platform.Text.VietnamOffset).ToString("dd/MM/yyyy HH:mm:ss '+07:00'", CultureInfo.InvariantCulture);
}
