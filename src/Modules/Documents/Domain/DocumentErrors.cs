using AnTin.Contracts.Platform;

namespace AnTin.Modules.Documents.Domain;

/// <summary>Every refusal of this module: what is wrong, where, and what to do about it, in both languages.</summary>
internal static class DocumentErrors
{
    public static Error NotFound() => new("documents.not-found");

    public static Error FileMissing() => new("documents.file-missing");

    public static Error FileEmpty() => new("documents.file-empty");

    public static Error FileTooLarge(long limitMegabytes) => new("documents.file-too-large", limitMegabytes);

    public static Error UploadCutShort() => new("documents.upload-cut-short");

    public static Error NotPdf() => new("documents.not-pdf");

    public static Error Encrypted() => new("documents.encrypted");

    public static Error Broken(string what, long offset) => new("documents.broken", what, offset < 0 ? "?" : offset);

    public static Error TooManyPages(int pages, int limit) => new("documents.too-many-pages", pages, limit);

    public static Error TooComplex(string what) => new("documents.too-complex", what);

    public static Error BrokenSignature(string signer) => new("documents.broken-signature", signer);

    public static Error CertifiedUnchangeable() => new("documents.certified-unchangeable");

    public static Error FieldNameTaken(string field) => new("documents.field-name-taken", field);

    public static Error TitleMissing() => new("documents.title-missing");

    public static Error TitleTooLong(int limit) => new("documents.title-too-long", limit);

    public static Error KindUnknown() => new("documents.kind-unknown");

    public static Error InitiallerUnknown() => new("documents.initialler-unknown");

    public static Error SignerUnknown() => new("documents.signer-unknown");

    public static Error DrafterOnly() => new("documents.drafter-only");

    public static Error ClerkOnly() => new("documents.clerk-only");

    public static Error NotFrozen() => new("documents.not-frozen");

    public static Error AlreadyFrozen() => new("documents.already-frozen");

    public static Error NotYourStep(Text step, string whose) => new("documents.not-your-step", step, whose);

    public static Error InitialFirst(string initialler) => new("documents.initial-first", initialler);

    public static Error SealBeforeSignature(string signer) => new("documents.seal-before-signature", signer);

    public static Error AlreadyDone(Text step, string by, DateTimeOffset at) => new("documents.already-done", step, by, at);

    public static Error WasReturned() => new("documents.was-returned");

    public static Error AlreadyIssued(string symbol) => new("documents.already-issued", symbol);

    public static Error ChangedMeanwhile() => new("documents.changed-meanwhile");

    public static Error FileDamaged() => new("documents.file-damaged");

    public static Error CredentialMissing() => new("documents.credential-missing");

    public static Error SealCredentialMissing(string organisation) => new("documents.seal-credential-missing", organisation);

    public static Error CredentialExpired(string subject, DateTimeOffset at) => new("documents.credential-expired", subject, at);

    public static Error CredentialNotYetValid(string subject, DateTimeOffset at) => new("documents.credential-not-yet-valid", subject, at);

    public static Error CredentialRevoked(string subject, DateTimeOffset? at) => new("documents.credential-revoked", subject, at);

    public static Error CredentialLocked() => new("documents.credential-locked");

    public static Error PinMissing() => new("documents.pin-missing");

    public static Error ReasonMissing() => new("documents.reason-missing");

    public static Error ReasonTooLong(int limit) => new("documents.reason-too-long", limit);

    public static Error RegisterBusy() => new("documents.register-busy");

    public static Error PlaceInvalid(Text box) => new("documents.place-invalid", box);

    public static Error PageUnknown(int page, int pages) => new("documents.page-unknown", page, pages);

    public static Error PrintedYear(string printed, int year) => new("documents.printed-year", printed, year.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Error SigningFailed() => new("documents.signing-failed");

    public static Error PictureMissing() => new("documents.picture-missing");

    public static Error PictureNotPng() => new("documents.picture-not-png");

    public static Error PictureTooLarge(int kilobytes, int pixels) => new("documents.picture-too-large", kilobytes, pixels);

    public static Error PictureOpaque() => new("documents.picture-opaque");

    public static Error SignerNameMissing() => new("documents.signer-name-missing");

    public static Error StorageFull() => new("documents.storage-full");

    public static readonly IReadOnlyList<ErrorText> Texts =
    [
        Of("documents.not-found", 404, "Không có văn bản này, hoặc văn bản không thuộc phạm vi của ông/bà. Hãy trở lại danh sách văn bản.",
            "There is no such document, or it is outside your scope. Go back to the list of documents."),
        Of("documents.file-missing", 400, "Chưa chọn tệp. Hãy chọn tệp PDF của văn bản rồi tải lên lại.",
            "No file was chosen. Choose the document's PDF and upload again."),
        Of("documents.file-empty", 400, "Tệp rỗng (0 byte). Hãy xuất lại tệp PDF từ phần mềm soạn thảo rồi tải lên.",
            "The file is empty (0 bytes). Export the PDF again from your word processor and upload it."),
        Of("documents.file-too-large", 413, "Tệp lớn hơn {0} MB. Hãy giảm dung lượng ảnh trong văn bản rồi xuất lại PDF.",
            "The file is larger than {0} MB. Make the pictures in it smaller and export the PDF again."),
        Of("documents.upload-cut-short", 400, "Đường truyền bị ngắt khi đang tải tệp lên; chưa có gì được lưu. Hãy tải lên lại.",
            "The connection broke during the upload; nothing was kept. Upload the file again."),
        Of("documents.not-pdf", 415, "Tệp này không phải PDF. Hãy mở văn bản bằng phần mềm soạn thảo, chọn xuất ra PDF, rồi tải lên tệp PDF đó.",
            "This file is not a PDF. Open the document in your word processor, export it as PDF, and upload that file."),
        Of("documents.encrypted", 422, "Tệp PDF có mật khẩu hoặc bị khóa quyền nên không ký được. Hãy bỏ mật khẩu rồi tải lên lại.",
            "The PDF is protected by a password or permissions and cannot be signed. Remove the protection and upload again."),
        Of("documents.broken", 422, "Tệp PDF bị hỏng ({0}, tại byte {1}). Hãy xuất lại PDF từ bản soạn thảo rồi tải lên.",
            "The PDF is broken ({0}, at byte {1}). Export it again from the source document and upload it."),
        Of("documents.too-many-pages", 422, "Văn bản có {0} trang, nhiều hơn mức {1} trang. Hãy tách phụ lục thành tệp riêng.",
            "The document has {0} pages, more than the {1} allowed. Put appendices into files of their own."),
        Of("documents.too-complex", 422, "Tệp PDF quá phức tạp để xử lý an toàn ({0}). Hãy in lại văn bản ra PDF rồi tải lên.",
            "The PDF is too complex to handle safely ({0}). Print the document to a new PDF and upload that."),
        Of("documents.broken-signature", 422, "Tệp đã mang chữ ký của {0} nhưng chữ ký đó không còn đúng: nội dung đã bị sửa sau khi ký. Hãy xin lại tệp gốc.",
            "The file carries a signature of {0} that no longer holds: the content was changed after signing. Ask for the original file."),
        Of("documents.certified-unchangeable", 422, "Người ký trước đã khóa tệp, không cho phép thêm chữ ký hay điền số. Hãy dùng bản chưa khóa.",
            "An earlier signer locked the file against further signatures and filling. Use a copy that is not locked."),
        Of("documents.field-name-taken", 422, "Tệp đã có ô tên {0} của một lần xử lý trước. Hãy tải lên bản PDF xuất mới từ phần mềm soạn thảo.",
            "The file already has a field named {0} from earlier processing. Upload a freshly exported PDF."),
        Of("documents.title-missing", 400, "Chưa ghi trích yếu. Hãy ghi ngắn gọn nội dung văn bản.",
            "The title is missing. Say in short what the document is about."),
        Of("documents.title-too-long", 400, "Trích yếu dài hơn {0} ký tự. Hãy rút gọn.", "The title is longer than {0} characters. Shorten it."),
        Of("documents.kind-unknown", 400, "Chưa chọn loại văn bản. Hãy chọn một loại trong danh sách.",
            "No document kind was chosen. Choose one from the list."),
        Of("documents.initialler-unknown", 400, "Người ký nháy không phải trưởng đơn vị của cơ quan ông/bà. Hãy chọn lại trong danh sách.",
            "The person to initial is not a division head of your organisation. Choose again from the list."),
        Of("documents.signer-unknown", 400, "Người ký không phải lãnh đạo của cơ quan ông/bà. Hãy chọn lại trong danh sách.",
            "The person to sign is not a leader of your organisation. Choose again from the list."),
        Of("documents.drafter-only", 403, "Chỉ người soạn thảo của cơ quan mới làm được việc này. Hãy đăng nhập bằng tài khoản của người soạn.",
            "Only a drafter of the organisation can do this. Sign in with the drafter's account."),
        Of("documents.clerk-only", 403, "Chỉ văn thư của cơ quan mới cấp số, đóng dấu và trả lại văn bản (Nghị định 30/2020, Điều 32). Hãy chuyển cho văn thư.",
            "Only the organisation's clerk numbers, seals and returns documents (Decree 30/2020, Art 32). Leave it to the clerk."),
        Of("documents.not-frozen", 409, "Văn bản chưa chốt. Người soạn xem lại vị trí số, ngày, chữ ký rồi bấm Chốt văn bản.",
            "The document is not frozen yet. The drafter checks the places of number, date and signatures, then freezes it."),
        Of("documents.already-frozen", 409, "Văn bản đã chốt nên không đổi được vị trí nữa. Cần sửa thì đề nghị văn thư trả lại và tải lên bản mới.",
            "The document is frozen, so its places can no longer change. Have the clerk return it and upload a new file."),
        Of("documents.not-your-step", 403, "Bước «{0}» là của {1}. Hãy chờ người đó, hoặc đăng nhập bằng đúng tài khoản.",
            "The step “{0}” belongs to {1}. Wait for that person, or sign in with the right account."),
        Of("documents.initial-first", 409, "Văn bản chưa được {0} ký nháy nên chưa ký chính thức được. Hãy chờ ký nháy xong.",
            "The document has not been initialled by {0}, so it cannot be signed yet. Wait for the initial."),
        Of("documents.seal-before-signature", 409, "Chưa có chữ ký của {0} nên không được đóng dấu: Nghị định 30/2020, Điều 32 chỉ cho ký số của cơ quan lên văn bản đã được người có thẩm quyền ký. Hãy chờ lãnh đạo ký.",
            "{0} has not signed yet, so the seal is refused: Decree 30/2020, Art 32 allows the organisation's signature only on documents already signed by the authorised person. Wait for the leader."),
        Of("documents.already-done", 409, "Bước «{0}» đã được {1} làm xong lúc {2}. Không cần làm lại.",
            "The step “{0}” was done by {1} at {2}. There is nothing left to do."),
        Of("documents.was-returned", 409, "Văn bản đã bị trả lại nên không xử lý tiếp được. Người soạn sửa rồi tải lên bản mới.",
            "The document was returned and cannot go on. The drafter corrects it and uploads a new file."),
        Of("documents.already-issued", 409, "Văn bản đã ban hành với số {0} nên không thay đổi được nữa. Cần sửa thì ban hành văn bản thay thế hoặc đính chính (Điều 18).",
            "The document was issued as {0} and can no longer change. Issue a replacement or a correction (Art 18)."),
        Of("documents.changed-meanwhile", 409, "Văn bản vừa thay đổi sau khi ông/bà mở trang. Hãy đọc lại trang này rồi làm tiếp.",
            "The document changed after you opened the page. Read this page again, then go on."),
        Of("documents.file-damaged", 500, "Tệp lưu trong kho không còn đúng với mã băm đã ghi nên không được dùng. Hãy báo ngay cho quản trị hệ thống để khôi phục từ bản sao lưu.",
            "The stored file no longer matches its recorded hash and is not used. Tell the system administrator at once to restore it from backup."),
        Of("documents.credential-missing", 409, "Ông/bà chưa có chứng thư số công vụ trong hệ thống. Hãy đề nghị cán bộ đăng ký cấp chứng thư.",
            "You have no official-duty certificate in this system. Ask the registration officer for one."),
        Of("documents.seal-credential-missing", 409, "{0} chưa có chứng thư số của cơ quan (con dấu). Hãy đề nghị cán bộ đăng ký cấp chứng thư.",
            "{0} has no organisation certificate (seal). Ask the registration officer for one."),
        Of("documents.credential-expired", 409, "Chứng thư số của {0} đã hết hạn lúc {1} nên không ký được. Hãy đề nghị cán bộ đăng ký cấp chứng thư mới.",
            "The certificate of {0} expired at {1} and cannot sign. Ask the registration officer for a new one."),
        Of("documents.credential-not-yet-valid", 409, "Chứng thư số của {0} chỉ có hiệu lực từ {1}. Hãy chờ đến lúc đó rồi ký.",
            "The certificate of {0} is valid only from {1}. Sign after that time."),
        Of("documents.credential-revoked", 409, "Chứng thư số của {0} đã bị thu hồi lúc {1} nên không ký được. Hãy liên hệ cán bộ đăng ký.",
            "The certificate of {0} was revoked at {1} and cannot sign. Contact the registration officer."),
        Of("documents.credential-locked", 409, "Khóa ký đã bị khóa vì nhập sai mã PIN nhiều lần. Hãy đề nghị cán bộ đăng ký khôi phục.",
            "The key is locked after too many wrong PINs. Ask the registration officer to recover it."),
        Of("documents.pin-missing", 400, "Chưa nhập mã PIN. Hãy nhập mã PIN ký số của mình.", "The PIN is missing. Enter your signing PIN."),
        Of("documents.reason-missing", 400, "Chưa ghi lý do trả lại. Hãy ghi rõ cần sửa gì để người soạn biết.",
            "The reason is missing. Say what must be corrected, so that the drafter knows."),
        Of("documents.reason-too-long", 400, "Lý do dài hơn {0} ký tự. Hãy rút gọn.", "The reason is longer than {0} characters. Shorten it."),
        Of("documents.register-busy", 409, "Nhiều văn bản đang lấy số cùng lúc nên chưa lấy được số; chưa có gì thay đổi. Hãy bấm lại.",
            "Many documents are taking numbers at this moment, so none was taken; nothing changed. Press again."),
        Of("documents.place-invalid", 400, "Vị trí của ô «{0}» nằm ngoài trang hoặc quá nhỏ. Hãy kéo ô vào trong trang.",
            "The place of the box “{0}” is outside the page or too small. Move it inside the page."),
        Of("documents.page-unknown", 400, "Không có trang {0}; văn bản có {1} trang.", "There is no page {0}; the document has {1} pages."),
        Of("documents.printed-year", 409, "Văn bản in sẵn «năm {0}» nhưng hôm nay là năm {1} nên không ghi ngày được. Hãy trả lại để người soạn sửa năm.",
            "The document is printed for the year {0}, but today is in {1}, so it cannot be dated. Return it, so that the drafter corrects the year."),
        Of("documents.signing-failed", 500, "Khóa ký trả về chữ ký không khớp chứng thư nên chữ ký bị hủy; văn bản chưa thay đổi. Hãy báo quản trị hệ thống.",
            "The key returned a signature that does not match the certificate, so it was dropped; the document is unchanged. Tell the system administrator."),
        Of("documents.picture-missing", 400, "Chưa chọn ảnh. Hãy chọn tệp PNG rồi tải lên lại.", "No picture was chosen. Choose a PNG file and upload again."),
        Of("documents.picture-not-png", 422, "Ảnh không phải PNG hoặc bị hỏng. Hãy lưu lại ảnh dạng PNG, nền trong suốt.",
            "The picture is not a PNG or is broken. Save it again as PNG with a transparent background."),
        Of("documents.picture-too-large", 413, "Ảnh lớn hơn {0} KB hoặc {1} điểm ảnh mỗi cạnh. Hãy thu nhỏ ảnh.",
            "The picture is larger than {0} KB or {1} pixels a side. Make it smaller."),
        Of("documents.picture-opaque", 422, "Ảnh không có nền trong suốt (Nghị định 30/2020, Phụ lục I). Hãy xóa nền rồi lưu lại dạng PNG.",
            "The picture has no transparent background (Decree 30/2020, Appendix I). Remove the background and save it as PNG again."),
        Of("documents.signer-name-missing", 400, "Chưa ghi người ký của văn bản giấy. Hãy ghi họ tên người đã ký.",
            "The signer of the paper document is missing. Enter the name of the person who signed."),
        Of("documents.storage-full", 507, "Kho lưu trữ đã đầy nên tệp chưa được lưu. Hãy báo quản trị hệ thống.",
            "The store is full, so the file was not kept. Tell the system administrator."),
    ];

    private static ErrorText Of(string code, int status, string vi, string en) => new(code, status, new Text(vi, en));
}
