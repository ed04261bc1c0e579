using AnTin.Contracts.Platform;
using AnTin.Signatures;

namespace AnTin.Cli.Commands;

/// <summary>Why a document cannot be signed, by the stable codes of <see cref="PdfSigningException"/>.</summary>
internal static class SigningRefusals
{
    private static readonly Dictionary<string, Text> Texts = new(StringComparer.Ordinal)
    {
        ["document.broken"] = new("cấu trúc tệp bị hỏng; xuất lại PDF từ chương trình gốc", "its structure is damaged; export the PDF again from its source"),
        ["document.xfa"] = new("là biểu mẫu XFA; in ra PDF thường rồi ký", "it is an XFA form; print it to a plain PDF, then sign"),
        ["document.certified"] = new("một chữ ký chứng nhận có sẵn không cho thay đổi", "a certifying signature in it allows no change"),
        ["document.changed"] = new("tệp thay đổi trong lúc ký; làm lại", "the file changed while it was being signed; try again"),
        ["field.locked"] = new("một chữ ký có sẵn đã khóa trường này", "a signature in it has locked this field"),
        ["field.lock-differs"] = new("trường ký đã định sẵn khóa khác", "the field was laid with another lock"),
        ["field.signed"] = new("trường này đã được ký", "this field is signed already"),
        ["field.type"] = new("có trường cùng tên nhưng không phải trường ký", "a field of this name exists and is not a signature field"),
    };

    public static object Of(PdfSigningException e) => Texts.TryGetValue(e.Code, out Text? text) ? text : e.Message;
}
