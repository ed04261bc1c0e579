using AnTin.Contracts.Platform;

namespace AnTin.Modules.Documents.Domain;

/// <summary>One of the kinds of administrative documents.</summary>
/// <param name="Code">Our stable name in ASCII, used in forms and in the database.</param>
/// <param name="Abbreviation">As written in the symbol, <c>QĐ</c>; empty for kinds that have none.</param>
internal sealed record DocumentKind(string Code, string Abbreviation, Text Name);

/// <summary>
/// The 29 kinds of NĐ 30/2020/NĐ-CP, Điều 7, with the abbreviations of Phụ lục III, in the decree's order.
/// </summary>
internal static class DocumentKinds
{
    public static readonly IReadOnlyList<DocumentKind> All =
    [
        Kind("nghi-quyet", "NQ", "Nghị quyết", "Resolution"),
        Kind("quyet-dinh", "QĐ", "Quyết định", "Decision"),
        Kind("chi-thi", "CT", "Chỉ thị", "Directive"),
        Kind("quy-che", "QC", "Quy chế", "Regulation"),
        Kind("quy-dinh", "QyĐ", "Quy định", "Rules"),
        Kind("thong-cao", "TC", "Thông cáo", "Communiqué"),
        Kind("thong-bao", "TB", "Thông báo", "Notice"),
        Kind("huong-dan", "HD", "Hướng dẫn", "Guidance"),
        Kind("chuong-trinh", "CTr", "Chương trình", "Programme"),
        Kind("ke-hoach", "KH", "Kế hoạch", "Plan"),
        Kind("phuong-an", "PA", "Phương án", "Scheme"),
        Kind("de-an", "ĐA", "Đề án", "Project proposal"),
        Kind("du-an", "DA", "Dự án", "Project"),
        Kind("bao-cao", "BC", "Báo cáo", "Report"),
        Kind("bien-ban", "BB", "Biên bản", "Minutes"),
        Kind("to-trinh", "TTr", "Tờ trình", "Submission"),
        Kind("hop-dong", "HĐ", "Hợp đồng", "Contract"),
        Kind("cong-van", "", "Công văn", "Official letter"),
        Kind("cong-dien", "CĐ", "Công điện", "Official telegram"),
        Kind("ban-ghi-nho", "BGN", "Bản ghi nhớ", "Memorandum"),
        Kind("ban-thoa-thuan", "BTT", "Bản thỏa thuận", "Agreement"),
        Kind("giay-uy-quyen", "GUQ", "Giấy ủy quyền", "Authorisation"),
        Kind("giay-moi", "GM", "Giấy mời", "Invitation"),
        Kind("giay-gioi-thieu", "GGT", "Giấy giới thiệu", "Letter of introduction"),
        Kind("giay-nghi-phep", "GNP", "Giấy nghỉ phép", "Leave permit"),
        Kind("phieu-gui", "PG", "Phiếu gửi", "Dispatch note"),
        Kind("phieu-chuyen", "PC", "Phiếu chuyển", "Transfer note"),
        Kind("phieu-bao", "PB", "Phiếu báo", "Advice note"),
        Kind("thu-cong", "", "Thư công", "Official personal letter"),
    ];

    private static readonly Dictionary<string, DocumentKind> ByCode = All.ToDictionary(kind => kind.Code, StringComparer.Ordinal);

    public static DocumentKind? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    private static DocumentKind Kind(string code, string abbreviation, string vi, string en) =>
        new(code, abbreviation, new Text(vi, en));
}
