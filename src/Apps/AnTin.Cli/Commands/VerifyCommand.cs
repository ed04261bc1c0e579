using System.CommandLine;
using System.Globalization;
using System.Text;
using AnTin.Asn1;
using AnTin.Cli.Files;
using AnTin.Cli.Network;
using AnTin.Contracts.Platform;
using AnTin.Pdf;
using AnTin.Signatures;
using AnTin.X509;

namespace AnTin.Cli.Commands;

/// <summary>`antin verify`: the verdict on one file, several, or a folder of them.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        string Say(string vi, string en) => terminal.Say(vi, en);
        var inputs = new Argument<string[]>("IN") { Arity = ArgumentArity.OneOrMore, Description = Say("Tệp PDF, hoặc thư mục có tệp PDF.", "PDF files, or folders of them.") };
        var trust = new Option<string[]>("--trust")
        {
            Description = Say("Chứng thư gốc tin cậy (PEM) hoặc thư mục; dùng được nhiều lần.", "Trusted root (PEM) or folder; may be repeated."),
        };
        var policy = new Option<string?>("--policy") { Description = Say("Tệp chính sách kiểm tra (JSON).", "Policy file (JSON).") };
        var at = new Option<string?>("--at") { Description = Say("Thời điểm kiểm tra, ISO 8601; mặc định là bây giờ.", "Time of the verification, ISO 8601; now by default.") };
        var offline = new Option<bool>("--offline") { Description = Say("Không hỏi trạng thái chứng thư qua mạng.", "Asks nobody for status over the network.") };
        var json = new Option<bool>("--json") { Description = Say("In JSON; nhiều tệp thì mỗi tệp một dòng.", "Prints JSON; of several files one line each.") };
        var detached = new Option<string?>("--detached") { Description = Say("Nội dung của chữ ký tách rời (chưa hỗ trợ).", "Content of a detached signature (not supported yet).") };
        var command = new Command("verify", Say("Kiểm tra chữ ký số trong tệp PDF.", "Verifies the signatures of PDF files."))
        {
            inputs, trust, policy, at, offline, json, detached,
        };
        command.SetAction((parsed, ct) => parsed.GetValue(detached) is not null
            ? Task.FromResult(terminal.Refuse(new Error(CliErrors.NotSupported, "--detached", new Text("chữ ký nằm trong tệp PDF", "signatures inside the PDF"))))
            : RunAsync(
                terminal,
                new VerifyValues(
                    parsed.GetRequiredValue(inputs), parsed.GetValue(trust) ?? [], parsed.GetValue(policy), parsed.GetValue(at), parsed.GetValue(offline),
                    parsed.GetValue(json)),
                ct));
        return command;
    }

    private sealed record VerifyValues(string[] Inputs, string[] Trust, string? Policy, string? At, bool Offline, bool Json);

    private static async Task<int> RunAsync(Terminal terminal, VerifyValues values, CancellationToken ct)
    {
        if (!(await PrepareAsync(terminal, values, ct)).TryGet(out Verification? verification, out Error? refused))
            return terminal.Refuse(refused);
        using (verification)
        {
            IReadOnlyList<string> files = [.. values.Inputs.SelectMany(FilesOf)];
            bool many = files.Count != 1 || values.Inputs.Any(Directory.Exists);
            int worst = files.Count == 0 ? ExitCode.NoSignature : ExitCode.Done;
            foreach (string file in files)
                worst = Worse(worst, await VerifyAsync(terminal, verification, file, values.Json, many, ct));
            return worst;
        }
    }

    private static async Task<int> VerifyAsync(Terminal terminal, Verification verification, string file, bool json, bool many, CancellationToken ct)
    {
        if (!InputFile.OpenSource(file).TryGet(out FileSource? source, out Error? missing))
            return terminal.Refuse(missing);
        using (source)
        {
            ValidationReport report = await verification.RunAsync(source, ct);
            if (json)
            {
                byte[] text = ReportJson.Write(report, terminal.Language == Language.En, indented: !many, file: many ? file : null);
                await terminal.Out.WriteLineAsync(Encoding.UTF8.GetString(text));
            }
            else
            {
                ReportText.Write(terminal, file, report);
            }
            return CodeOf(report);
        }
    }

    private static async Task<Result<Verification>> PrepareAsync(Terminal terminal, VerifyValues values, CancellationToken ct)
    {
        DateTimeOffset? at = null;
        if (values.At is not null)
        {
            if (!DateTimeOffset.TryParse(values.At, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time))
                return new Error(CliErrors.OptionValue, "--at", values.At, "2026-01-31T08:00:00+07:00");
            at = time;
        }
        if (!(await TrustFolder.ReadAsync(values.Trust, ct)).TryGet(out TrustFolder? trust, out Error? unreadable))
            return unreadable;
        ValidationPolicy policy = ValidationPolicy.Default;
        if (values.Policy is not null)
        {
            if (!(await InputFile.ReadSmallAsync(values.Policy, ct)).TryGet(out byte[]? bytes, out Error? missing))
                return missing;
            try
            {
                policy = ValidationPolicy.Parse(bytes);
            }
            catch (FormatException e)
            {
                return new Error(CliErrors.PolicyUnreadable, values.Policy, e.Message);
            }
        }
        return Verification.Create(trust, policy, at, values.Offline, terminal.Time);
    }

    // A folder stands for every PDF in it and below, in the order of their names.
    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
            .Where(file => Path.GetExtension(file).Equals(".pdf", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
        : [path];

    private static int CodeOf(ValidationReport report) => report switch
    {
        { Error.Result: CheckResult.Fail } => ExitCode.BadInput,
        { Verdict: Verdict.Valid } => ExitCode.Done,
        { Verdict: Verdict.Invalid } => ExitCode.Failed,
        { Verdict: Verdict.Unsigned } => ExitCode.NoSignature,
        _ => ExitCode.Indeterminate,
    };

    // From best to worst: what a caller who looks at one number must not miss.
    private static readonly int[] Gravity = [ExitCode.Done, ExitCode.NoSignature, ExitCode.Indeterminate, ExitCode.Failed, ExitCode.BadInput];

    private static int Worse(int a, int b) => Array.IndexOf(Gravity, a) >= Array.IndexOf(Gravity, b) ? a : b;
}

/// <summary>What does not change between the files of one run: trust, policy, time, and whom to ask for status.</summary>
internal sealed class Verification : IDisposable
{
    private readonly TrustFolder _trust;
    private readonly ValidationInputs _inputs;
    private readonly DateTimeOffset? _at;
    private readonly TimeProvider _time;
    private readonly WebFetch? _web;
    private readonly StatusCollector? _collector;

    private Verification(TrustFolder trust, ValidationInputs inputs, DateTimeOffset? at, bool offline, TimeProvider time)
    {
        _trust = trust;
        _inputs = inputs;
        _at = at;
        _time = time;
        if (!offline && trust.Anchors.Count > 0)
        {
            _web = new WebFetch(trust.Hosts);
            _collector = new StatusCollector(_web);
        }
    }

    /// <param name="at">Null for the moment of each verification.</param>
    public static Result<Verification> Create(TrustFolder trust, ValidationPolicy policy, DateTimeOffset? at, bool offline, TimeProvider time) =>
        trust.ParseStatus().Map(status => new Verification(
            trust,
            new ValidationInputs
            {
                At = at ?? time.GetUtcNow(),
                Anchors = [.. trust.Anchors.Select(a => new TrustAnchor(a.Certificate, a.Class))],
                Certificates = trust.Certificates,
                Crls = status.Crls,
                Ocsps = status.OcspResponses,
                Policy = policy,
            },
            at,
            offline,
            time));

    public async Task<ValidationReport> RunAsync(FileSource source, CancellationToken ct)
    {
        if (_collector is null)
            return SignatureValidator.Validate(source, _inputs);
        StatusData fetched = await _collector.CollectAsync(EmbeddedCertificates.Of(source), _trust, ct);
        return SignatureValidator.Validate(source, _inputs with
        {
            // Read after the answers came: an answer made a moment ago must not seem to come from the future.
            At = _at ?? _time.GetUtcNow(),
            Crls = [.. _inputs.Crls, .. fetched.Crls.Select(Crl).OfType<CertificateRevocationList>()],
            Ocsps = [.. _inputs.Ocsps, .. fetched.OcspResponses.Select(Ocsp).OfType<OcspResponse>()],
        });
    }

    public void Dispose() => _web?.Dispose();

    // An unreadable answer is no answer; the validator then lacks status and says so.
    private static CertificateRevocationList? Crl(byte[] der)
    {
        try
        {
            return CertificateRevocationList.Parse(der);
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }

    private static OcspResponse? Ocsp(byte[] der)
    {
        try
        {
            return OcspResponse.Parse(der);
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }
}
