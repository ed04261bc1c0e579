using AnTin.Contracts.Platform;
using AnTin.Pdf;

namespace AnTin.Cli.Commands;

/// <summary>What the signature is for; decides its field, its default place and how it looks.</summary>
internal enum SignProfile
{
    Officer = 0,
    Initial = 1,
    Seal = 2,
    Attachment = 3,
    Copy = 4,
}

/// <summary>The command line of `antin sign`, checked: everything in it is supported and fits together.</summary>
internal sealed record SignRequest
{
    public required string Input { get; init; }

    public required string Output { get; init; }

    public required string KeyFile { get; init; }

    public required string PasswordFile { get; init; }

    /// <summary>Null for level B-B.</summary>
    public Uri? TimeStampServer { get; init; }

    public required string Digest { get; init; }

    public SignProfile Profile { get; init; }

    public string? Image { get; init; }

    public string? Reason { get; init; }

    /// <summary>0 for the first page; null to let the profile find its place.</summary>
    public int? Page { get; init; }

    /// <summary>As the page is seen: points, X and Y of the lower left corner from the lower left corner of the page.</summary>
    public PdfRectangle? Rectangle { get; init; }

    public string? Anchor { get; init; }
}

/// <summary>The raw values of the options, as they were typed.</summary>
internal sealed record SignValues(
    string Input, string Output, string Key, string? PasswordFile, string Format, string? Level, string? Tsa, string Digest, string RsaPadding,
    bool Detached, string? Image, int? Page, string? Rect, string? Anchor, string Profile, string? Reason)
{
    public Result<SignRequest> Check()
    {
        if (Unsupported() is { } unsupported)
            return unsupported;
        if (PasswordFile is null)
            return new Error(CliErrors.OptionNeeds, "--key FILE.p12", "--password-file");
        string level = Level ?? (Tsa is null ? "b" : "t");
        if (level == "t" && Tsa is null)
            return new Error(CliErrors.OptionNeeds, "--level t", "--tsa");
        if (level == "b" && Tsa is not null)
            return new Error(CliErrors.OptionNeeds, "--tsa", "--level t");
        Uri? server = null;
        if (Tsa is not null && (!Uri.TryCreate(Tsa, UriKind.Absolute, out server) || server.Scheme is not ("http" or "https")))
            return new Error(CliErrors.OptionValue, "--tsa", Tsa, "http://… / https://…");
        if (!Place().TryGet(out PdfRectangle rectangle, out Error? misplaced))
            return misplaced;
        if (Profile is "attachment" or "copy" && Reason is null)
        {
            return new Error(CliErrors.OptionNeeds, $"--profile {Profile}", Profile == "copy"
                ? new Text("--reason với hình thức sao (SAO Y, SAO LỤC, TRÍCH SAO)", "--reason with the form of the copy (SAO Y, SAO LỤC, TRÍCH SAO)")
                : new Text("--reason với số và ký hiệu văn bản", "--reason with the number and symbol of the document"));
        }
        return new SignRequest
        {
            Input = Input,
            Output = Output,
            KeyFile = Key,
            PasswordFile = PasswordFile,
            TimeStampServer = server,
            Digest = Digest,
            Profile = Enum.Parse<SignProfile>(Profile, ignoreCase: true),
            Image = Image,
            Reason = Reason,
            Page = Page - 1,
            Rectangle = rectangle.Right > rectangle.Left ? rectangle : null,
            Anchor = Anchor,
        };
    }

    private Error? Unsupported()
    {
        if (Format is not ("auto" or "pades"))
            return new Error(CliErrors.NotSupported, $"--format {Format}", "pades");
        if (Level is "lt" or "lta")
            return new Error(CliErrors.NotSupported, $"--level {Level}", "b, t");
        if (RsaPadding != "pkcs1")
            return new Error(CliErrors.NotSupported, $"--rsa-padding {RsaPadding}", "pkcs1");
        if (Detached)
            return new Error(CliErrors.NotSupported, "--detached", new Text("chữ ký nằm trong tệp PDF", "signatures inside the PDF"));
        string[] schemes = ["pkcs11:", "csc:"];
        if (schemes.FirstOrDefault(scheme => Key.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) is { } scheme)
            return new Error(CliErrors.NotSupported, $"--key {scheme}…", "FILE.p12");
        return null;
    }

    // A rectangle without an area stands for "none": a struct cannot be null in a Result.
    private Result<PdfRectangle> Place()
    {
        if (Anchor is not null && (Rect is not null || Page is not null))
            return new Error(CliErrors.OptionNeeds, "--anchor", new Text("đứng một mình, không kèm --page, --rect", "to stand alone, without --page and --rect"));
        if ((Rect is null) != (Page is null))
            return new Error(CliErrors.OptionNeeds, Rect is null ? "--page" : "--rect", Rect is null ? "--rect" : "--page");
        if (Page is < 1)
            return new Error(CliErrors.OptionValue, "--page", Page, "≥ 1");
        if (Rect is null)
            return default(PdfRectangle);
        string[] parts = Rect.Split(',', StringSplitOptions.TrimEntries);
        double[] numbers = [.. parts.Select(part =>
            double.TryParse(part, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double n) ? n : double.NaN)];
        return numbers is [var x, var y, var width and > 0, var height and > 0] && numbers.All(n => double.IsFinite(n) && Math.Abs(n) < 20_000)
            ? new PdfRectangle(x, y, x + width, y + height)
            : new Error(CliErrors.OptionValue, "--rect", Rect, new Text("X,Y,W,H tính bằng point, gốc ở góc dưới bên trái trang", "X,Y,W,H in points from the lower left corner of the page"));
    }
}
