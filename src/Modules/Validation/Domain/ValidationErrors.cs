using AnTin.Contracts.Platform;

namespace AnTin.Modules.Validation.Domain;

/// <summary>What can be wrong with a request to verify; what is wrong with the file itself is a verdict, not an error.</summary>
internal static class ValidationErrors
{
    public static readonly Error NoFile = new("validation.no-file");
    public static readonly Error EmptyFile = new("validation.empty-file");
    public static readonly Error Malformed = new("validation.malformed-upload");
    public static readonly Error DetachedNotTaken = new("validation.detached-not-taken");
    public static readonly Error Busy = new("validation.busy");

    public static Error TooLarge(long megabytes) => new("validation.too-large", megabytes);

    public static readonly ErrorText[] Texts =
    [
        new("validation.no-file", 400, new Text(
            "Chưa có tệp nào được chọn. Hãy chọn tệp PDF rồi bấm “Kiểm tra”.",
            "No file was chosen. Choose a PDF file, then press “Verify”.")),
        new("validation.empty-file", 400, new Text(
            "Tệp vừa gửi không có nội dung (0 byte). Hãy tải lại tệp từ nơi gửi rồi kiểm tra lần nữa.",
            "The file sent has no content (0 bytes). Get it again from its sender, then verify once more.")),
        new("validation.malformed-upload", 400, new Text(
            "Tệp gửi lên bị ngắt giữa chừng hoặc không đúng dạng biểu mẫu. Hãy kiểm tra mạng rồi gửi lại.",
            "The upload broke off or is not in the form's shape. Check the network and send it again.")),
        new("validation.too-large", 413, new Text(
            "Tệp lớn hơn {0} MB nên máy chủ không nhận. Hãy dùng lệnh antin verify trên máy để kiểm tra tệp lớn.",
            "The file is larger than {0} MB and was not taken. Verify large files with antin verify on your computer.")),
        new("validation.detached-not-taken", 422, new Text(
            "Máy chủ chưa nhận chữ ký tách rời tệp. Hãy gửi tệp PDF có chữ ký nằm bên trong.",
            "This server does not take signatures detached from their file. Send a PDF that carries its signatures.")),
        new("validation.busy", 429, new Text(
            "Máy chủ đang kiểm tra nhiều tệp khác. Hãy chờ một phút rồi thử lại.",
            "The server is verifying many other files. Wait a minute and try again.")),
    ];
}
