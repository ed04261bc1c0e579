using AnTin.Contracts.Platform;

namespace AnTin.Cli;

/// <summary>One refusal of the command line: its exit code and its text, which says what, where and what to do.</summary>
internal sealed record Refusal(int ExitCode, Text Text);

/// <summary>The catalogue of refusals; every <see cref="Error"/> a command gives back stands here.</summary>
internal static class CliErrors
{
    public const string InputMissing = "cli.input-missing";
    public const string InputUnreadable = "cli.input-unreadable";
    public const string InputEmpty = "cli.input-empty";
    public const string OutputIsInput = "cli.output-is-input";
    public const string OutputNotFile = "cli.output-not-file";
    public const string OutputFailed = "cli.output-failed";
    public const string NotPdf = "cli.not-pdf";
    public const string Encrypted = "cli.encrypted";
    public const string NotSignable = "cli.not-signable";
    public const string KeyUnreadable = "cli.key-unreadable";
    public const string KeyWithoutCertificate = "cli.key-without-certificate";
    public const string CertificateNotUsable = "cli.certificate-not-usable";
    public const string DigestNotForKey = "cli.digest-not-for-key";
    public const string NotSupported = "cli.not-supported";
    public const string OptionNeeds = "cli.option-needs";
    public const string OptionValue = "cli.option-value";
    public const string AnchorNotFound = "cli.anchor-not-found";
    public const string ImageUnreadable = "cli.image-unreadable";
    public const string PageMissing = "cli.page-missing";
    public const string TimeStampFailed = "cli.time-stamp-failed";
    public const string TrustUnreadable = "cli.trust-unreadable";
    public const string FolderNotEmpty = "cli.folder-not-empty";
    public const string AddressInUse = "cli.address-in-use";
    public const string PolicyUnreadable = "cli.policy-unreadable";
    public const string HierarchyUnreadable = "cli.hierarchy-unreadable";
    public const string EvidenceUnreadable = "cli.evidence-unreadable";

    private static readonly Dictionary<string, Refusal> Catalogue = new(StringComparer.Ordinal)
    {
        [InputMissing] = Bad("không có tệp {0}; kiểm tra lại đường dẫn", "there is no file {0}; check the path"),
        [InputUnreadable] = Bad("không đọc được {0} ({1}); kiểm tra quyền truy cập", "{0} cannot be read ({1}); check its permissions"),
        [InputEmpty] = Bad("{0} là tệp rỗng; chọn tệp khác", "{0} is empty; choose another file"),
        [OutputIsInput] = Wrong("tệp ra {0} chính là tệp vào; chọn tên khác cho -o", "the output {0} is the input itself; choose another name for -o"),
        [OutputNotFile] = Wrong(
            "{0} không phải tệp thường; chọn tên tệp khác cho -o",
            "{0} is not a regular file; choose another name for -o"),
        [OutputFailed] = Wrong(
            "không ghi được {0} ({1}); kiểm tra thư mục, quyền và chỗ trống rồi làm lại",
            "{0} cannot be written ({1}); check the folder, its permissions and the free space, then try again"),
        [NotPdf] = Bad(
            "{0} không phải tệp PDF đọc được: {1}; xuất lại PDF từ chương trình gốc",
            "{0} is not a readable PDF: {1}; export the PDF again from its source"),
        [Encrypted] = Bad(
            "{0} được đặt mật khẩu; bỏ mật khẩu bằng chương trình đã tạo tệp rồi làm lại",
            "{0} is encrypted; remove the password with the program that made it, then try again"),
        [NotSignable] = Bad("không ký được {0}: {1}", "{0} cannot be signed: {1}"),
        [KeyUnreadable] = Bad(
            "không mở được khóa {0}: sai mật khẩu hoặc không phải PKCS#12; kiểm tra --password-file",
            "the key {0} cannot be opened: wrong password or not PKCS#12; check --password-file"),
        [KeyWithoutCertificate] = Bad(
            "{0} không có chứng thư số của khóa trong tệp; xuất lại tệp kèm chứng thư",
            "{0} holds no certificate for its key; export it again with the certificate"),
        [CertificateNotUsable] = Bad(
            "chứng thư số trong {0} không dùng để ký được: {1}",
            "the certificate in {0} cannot be used to sign: {1}"),
        [DigestNotForKey] = Wrong(
            "khóa này không ký được với {0}; các lựa chọn: {1}",
            "this key cannot sign with {0}; choices: {1}"),
        [NotSupported] = Wrong("{0} chưa được hỗ trợ; hiện có: {1}", "{0} is not supported yet; supported: {1}"),
        [OptionNeeds] = Wrong("{0} cần {1}", "{0} needs {1}"),
        [OptionValue] = Wrong("{0} không nhận giá trị “{1}”; cần {2}", "{0} does not take '{1}'; it needs {2}"),
        [AnchorNotFound] = Bad(
            "không thấy “{1}” trong chữ của {0}; dùng --page và --rect để chỉ chỗ",
            "'{1}' does not stand in the text of {0}; say the place with --page and --rect"),
        [ImageUnreadable] = Bad("ảnh {0} không dùng được: {1}; cần tệp PNG", "the image {0} cannot be used: {1}; a PNG is needed"),
        [PageMissing] = Wrong("{0} có {1} trang, không có trang {2}", "{0} has {1} pages, there is no page {2}"),
        [TimeStampFailed] = Bad(
            "máy chủ dấu thời gian {0} không trả lời đúng: {1}; thử lại hoặc chọn --tsa khác",
            "the time-stamping server {0} gave no good answer: {1}; try again or choose another --tsa"),
        [TrustUnreadable] = Bad(
            "{0} không phải chứng thư số hay thư mục chứng thư đọc được: {1}",
            "{0} is no readable certificate or folder of certificates: {1}"),
        [FolderNotEmpty] = Wrong("thư mục {0} không trống; chọn thư mục mới", "the folder {0} is not empty; choose a new one"),
        [AddressInUse] = Wrong("không mở được {0}: {1}; chọn --urls khác", "{0} cannot be opened: {1}; choose another --urls"),
        [PolicyUnreadable] = Bad("{0} không phải tệp chính sách đọc được: {1}", "{0} is no readable policy file: {1}"),
        [HierarchyUnreadable] = Bad(
            "{0} không phải thư mục do antin pki new tạo ra: {1}",
            "{0} is no folder made by antin pki new: {1}"),
        [EvidenceUnreadable] = Bad("{0} không phải bản xuất bằng chứng đọc được: {1}", "{0} is no readable export of evidence: {1}"),
    };

    public static Refusal Of(string code) =>
        Catalogue.TryGetValue(code, out Refusal? refusal) ? refusal : throw new InvalidOperationException($"No text for {code}.");

    /// <summary>Whether the refusal is one of the command line's own; others come from a module and have their texts there.</summary>
    public static bool IsKnown(string code) => Catalogue.ContainsKey(code);

    private static Refusal Bad(string vi, string en) => new(ExitCode.BadInput, new Text(vi, en));

    private static Refusal Wrong(string vi, string en) => new(ExitCode.Usage, new Text(vi, en));
}
