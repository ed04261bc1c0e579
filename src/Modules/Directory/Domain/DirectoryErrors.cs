using AnTin.Contracts.Platform;

namespace AnTin.Modules.Directory.Domain;

/// <summary>What the register refuses.</summary>
internal static class DirectoryErrors
{
    public static readonly Error NoSuchOrganisation = new("directory.no-such-organisation");
    public static readonly Error NoSuchPerson = new("directory.no-such-person");
    public static readonly Error PeriodEmpty = new("directory.period-empty");

    public static Error CodeTaken(string code) => new("directory.code-taken", code);

    public static Error EmailTaken(string email) => new("directory.email-taken", email);

    public static IEnumerable<ErrorText> Texts =>
    [
        new("directory.no-such-organisation", 404, new(
            "Không có cơ quan này vào ngày đã chọn. Hãy chọn lại cơ quan trong cây tổ chức.",
            "There is no such organisation on that day. Choose one from the organisation tree.")),
        new("directory.no-such-person", 404, new(
            "Không có người này trong danh bạ. Hãy chọn lại người.",
            "There is no such person in the directory. Choose another person.")),
        new("directory.period-empty", 422, new(
            "Ngày kết thúc phải sau ngày bắt đầu. Hãy sửa lại thời hạn.",
            "The end must come after the start. Correct the dates.")),
        new("directory.code-taken", 409, new(
            "Mã cơ quan {0} đã được dùng. Hãy dùng mã khác.",
            "The agency code {0} is already in use. Use another code.")),
        new("directory.email-taken", 409, new(
            "Thư điện tử {0} đã thuộc về một người khác trong danh bạ.",
            "The e-mail address {0} already belongs to someone in the directory.")),
    ];
}
