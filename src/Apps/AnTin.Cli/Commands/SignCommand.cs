using System.CommandLine;
using AnTin.Cli.Files;
using AnTin.Cli.Network;
using AnTin.Cms;
using AnTin.Contracts.Platform;
using AnTin.Keys;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.X509;

namespace AnTin.Cli.Commands;

/// <summary>`antin sign`: one PAdES signature, level B-B or B-T, with a key from a PKCS#12 file.</summary>
internal static class SignCommand
{
    // A token with its authority's chain is 3 to 7 KB; when one does not fit, the signature is prepared again with what it needs.
    private const int UsualTokenLength = 8 * 1024;

    public static Command Create(Terminal terminal)
    {
        string Say(string vi, string en) => terminal.Say(vi, en);
        var input = new Argument<string>("IN") { Description = Say("Tệp PDF cần ký.", "The PDF to sign.") };
        var output = new Option<string>("--output", "-o") { Required = true, Description = Say("Tệp PDF đã ký.", "The signed PDF.") };
        var key = new Option<string>("--key") { Required = true, Description = Say("Khóa và chứng thư số, PKCS#12.", "Key and certificate, PKCS#12.") };
        var password = new Option<string?>("--password-file") { Description = Say("Tệp có mật khẩu ở dòng đầu.", "A file with the password in its first line.") };
        var format = Choice("--format", Say("Dạng chữ ký.", "Form of the signature."), "auto", "auto", "pades", "xades", "cades", "asic-e");
        var level = new Option<string?>("--level") { Description = Say("Mức: b, hoặc t (có dấu thời gian).", "Level: b, or t (with a time-stamp).") };
        level.AcceptOnlyFromAmong("b", "t", "lt", "lta");
        var tsa = new Option<string?>("--tsa") { Description = Say("Địa chỉ máy chủ dấu thời gian.", "Address of the time-stamping server.") };
        var digest = Choice("--digest", Say("Hàm băm.", "Hash."), "", "sha256", "sha384", "sha512");
        var padding = Choice("--rsa-padding", Say("Kiểu đệm RSA.", "RSA padding."), "pkcs1", "pkcs1", "pss");
        var detached = new Option<bool>("--detached") { Description = Say("Chữ ký ở tệp riêng (không dùng cho PDF).", "Signature in a file of its own (not for PDF).") };
        var image = new Option<string?>("--image") { Description = Say("Ảnh PNG của chữ ký hoặc con dấu.", "PNG picture of the signature or seal.") };
        var page = new Option<int?>("--page") { Description = Say("Trang, từ 1; đi cùng --rect.", "Page, from 1; goes with --rect.") };
        var rect = new Option<string?>("--rect")
        {
            Description = Say("X,Y,W,H: point, tính từ góc dưới bên trái trang khi xem.", "X,Y,W,H: points from the lower left corner of the page as it is seen."),
        };
        var anchor = new Option<string?>("--anchor") { Description = Say("Đặt cạnh đoạn chữ này trong văn bản.", "Placed beside this text of the document.") };
        var profile = Choice(
            "--profile",
            Say("Vai trò: officer (người có thẩm quyền), initial (ký nháy), seal (con dấu), attachment (phụ lục), copy (bản sao).",
                "Capacity: officer (authorised person), initial, seal, attachment, copy."),
            "officer", "officer", "initial", "seal", "attachment", "copy");
        var reason = new Option<string?>("--reason") { Description = Say("Lý do, ghi vào chữ ký.", "Reason, written into the signature.") };
        var command = new Command("sign", Say("Ký số tệp PDF (PAdES), không sửa các byte đã có.", "Signs a PDF (PAdES) without changing a byte that is there."))
        {
            input, output, key, password, format, level, tsa, digest, padding, detached, image, page, rect, anchor, profile, reason,
        };
        command.SetAction((parsed, ct) => RunAsync(
            terminal,
            new SignValues(
                parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), parsed.GetRequiredValue(key), parsed.GetValue(password),
                parsed.GetValue(format)!, parsed.GetValue(level), parsed.GetValue(tsa), parsed.GetValue(digest) ?? "", parsed.GetValue(padding)!,
                parsed.GetValue(detached), parsed.GetValue(image), parsed.GetValue(page), parsed.GetValue(rect), parsed.GetValue(anchor),
                parsed.GetValue(profile)!, parsed.GetValue(reason)),
            ct));
        return command;
    }

    private static Option<string> Choice(string name, string description, string usual, params string[] values)
    {
        var option = new Option<string>(name) { Description = description };
        if (usual.Length > 0)
            option.DefaultValueFactory = _ => usual;
        return option.AcceptOnlyFromAmong(values);
    }

    private static async Task<int> RunAsync(Terminal terminal, SignValues values, CancellationToken ct)
    {
        if (!values.Check().TryGet(out SignRequest? request, out Error? wrong))
            return terminal.Refuse(wrong);
        if (!(await SigningKeyFile.OpenAsync(request, terminal.Time.GetUtcNow(), ct)).TryGet(out SigningKeyFile? key, out Error? locked))
            return terminal.Refuse(locked);
        using (key)
        {
            Result signed = await SignAsync(terminal, request, key, ct);
            if (!signed.IsSuccess)
                return terminal.Refuse(signed.Error);
        }
        await terminal.Error.WriteLineAsync("antin: " + terminal.Say($"đã ký {request.Output}", $"signed {request.Output}"));
        return ExitCode.Done;
    }

    private static async Task<Result> SignAsync(Terminal terminal, SignRequest request, SigningKeyFile key, CancellationToken ct)
    {
        if (!InputFile.OpenSource(request.Input).TryGet(out FileSource? source, out Error? missing))
            return missing;
        using (source)
        {
            try
            {
                PdfDocument document = PdfDocument.Open(source);
                if (document.IsEncrypted)
                    return new Error(CliErrors.Encrypted, request.Input);
                DateTimeOffset now = terminal.Time.GetUtcNow().ToOffset(Text.VietnamOffset);
                if (Broken(source, now) is { } broken)
                    return new Error(CliErrors.NotSignable, request.Input, broken);
                var appearance = new SignAppearance(document, request, key.Certificate, now);
                if (!(await appearance.ChooseAsync(ct)).TryGet(out SignatureLook? look, out Error? misplaced))
                    return misplaced;
                var options = new PadesSignatureOptions
                {
                    Signer = key.Signer,
                    Field = look.Field,
                    Appearance = look.Appearance,
                    ClaimedTime = now,
                    Name = key.Certificate.Subject.DisplayName,
                    Reason = request.Reason,
                    Application = "AnTin",
                    TimestampReserve = request.TimeStampServer is null ? 0 : UsualTokenLength,
                };
                return await WriteAsync(request, key, source, options, ct);
            }
            catch (PdfFormatException e)
            {
                return new Error(CliErrors.NotPdf, request.Input, e.Message);
            }
            catch (PdfSigningException e)
            {
                return e.Code == "document.encrypted" ? new Error(CliErrors.Encrypted, request.Input) : new Error(CliErrors.NotSignable, request.Input, SigningRefusals.Of(e));
            }
        }
    }

    // Signing over a signature that is already broken would lend it a name.
    private static Text? Broken(FileSource source, DateTimeOffset now)
    {
        ValidationReport report = SignatureValidator.Validate(source, new ValidationInputs { At = now });
        return report.Signatures.FirstOrDefault(s => !s.CryptoIntact) is { } bad
            ? new Text($"chữ ký {bad.Id} trong tệp đã hỏng; lấy lại tệp gốc", $"the signature {bad.Id} in the file is broken; get the original file")
            : null;
    }

    private static async Task<Result> WriteAsync(
        SignRequest request, SigningKeyFile key, FileSource source, PadesSignatureOptions options, CancellationToken ct)
    {
        if (!OutputFile.Create(request.Output, request.Input).TryGet(out OutputFile? file, out Error? refused))
            return refused;
        await using (file)
        {
            try
            {
                PreparedPdfSignature prepared = PadesSigner.Prepare(source, options, file.Stream, ct);
                byte[] value = await key.Key.SignHashAsync(prepared.HashToSign, prepared.Scheme, ct);
                byte[] token = [];
                if (request.TimeStampServer is not null)
                {
                    using var web = new WebFetch(new HashSet<string>(StringComparer.Ordinal));
                    var client = new TimeStampClient(web, request.TimeStampServer);
                    Result<byte[]> stamped = await client.StampAsync(value, DigestAlgorithm.Of(prepared.Scheme.HashName()), ct);
                    if (!stamped.TryGet(out byte[]? received, out Error? failed))
                        return failed;
                    token = received;
                }
                if (token.Length > options.TimestampReserve)
                    return await AgainAsync(file, request, key, source, options with { TimestampReserve = token.Length + 1024 }, ct);
                await PadesSigner.CompleteAsync(prepared, value, token, file.Stream, ct);
            }
            catch (Exception e) when (OutputFile.IsWriteFailure(e))
            {
                return OutputFile.Failed(request.Output, e);
            }
            return await file.CommitAsync(ct);
        }
    }

    private static async Task<Result> AgainAsync(
        OutputFile file, SignRequest request, SigningKeyFile key, FileSource source, PadesSignatureOptions options, CancellationToken ct)
    {
        await file.DisposeAsync();
        return await WriteAsync(request, key, source, options, ct);
    }
}
