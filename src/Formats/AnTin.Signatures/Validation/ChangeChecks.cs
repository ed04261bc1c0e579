// Checks of what happened to the document after the signature: ISO 32000-2:2020, 12.8.2 (transform methods), EN 319 142-1 §5.5. They do not
// touch the indication of the signature; the verdict on the file weighs them (surface: verify --json).
namespace AnTin.Signatures;

internal static class ChangeChecks
{
    public static Finding? Coverage(SignatureFacts facts, ValidationInputs inputs) => facts.CoversWholeDocument
        ? Finding.Pass("Chữ ký bao trùm toàn bộ tệp.", "The signature covers the whole file.")
        : Finding.Note("Sau chữ ký này tệp còn được ghi thêm.", "The file was added to after this signature.");

    public static Finding? Changes(SignatureFacts facts, ValidationInputs inputs) => facts.Changes switch
    {
        ChangeLevel.None => Finding.Pass("Không có thay đổi nào sau chữ ký này.", "Nothing changed after this signature."),
        ChangeLevel.Timestamps => Finding.Pass("Sau chữ ký chỉ thêm dấu thời gian và dữ liệu xác minh.", "Only time-stamps and validation data were added after it."),
        ChangeLevel.FormFilling => Finding.Pass("Sau chữ ký chỉ điền các ô và ký vào các ô có sẵn.", "Only fields laid before were filled and signed after it."),
        ChangeLevel.Annotations => Finding.Undecided("SIG_CONSTRAINTS_FAILURE", "Sau chữ ký có thêm ghi chú hoặc hình lên trang.", "Notes or pictures were put on pages after it."),
        _ => Finding.Undecided("SIG_CONSTRAINTS_FAILURE", "Sau chữ ký nội dung tệp bị sửa hoặc thêm ngoài những gì được phép.", "After it the file was changed beyond what is allowed."),
    };

    public static Finding? Locks(SignatureFacts facts, ValidationInputs inputs) =>
        facts.Changes == ChangeLevel.None ? null
        : facts.ChangesWithinLocks
            ? Finding.Pass("Các thay đổi nằm trong phạm vi chữ ký này cho phép.", "The changes keep to what this signature allows.")
            : Finding.Undecided("SIG_CONSTRAINTS_FAILURE", "Có thay đổi vượt phạm vi chữ ký này cho phép (ô bị khóa hoặc chứng nhận).", "Changes go beyond what this signature allows (locked fields or certification).");
}
