using AnTin.Web;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Documents;

/// <summary>What the pages say after an act succeeded.</summary>
internal static class DocumentNotices
{
    public static void AddTo(IServiceCollection services) => services
        .AddNotice("documents.uploaded", "Đã nhận tệp và kiểm tra xong. Hãy xem lại vị trí các ô rồi chốt văn bản.", "The file was taken in and checked. Look at the places, then freeze the document.")
        .AddNotice("documents.placed", "Đã lưu vị trí.", "The places were kept.")
        .AddNotice("documents.frozen", "Đã chốt văn bản và chuyển ký nháy.", "The document is frozen and passed on for the initial.")
        .AddNotice("documents.initialled", "Đã ký nháy và chuyển lãnh đạo ký.", "Initialled and passed on to the leader.")
        .AddNotice("documents.signed", "Đã ký chính thức và chuyển văn thư.", "Signed and passed on to the clerk.")
        .AddNotice("documents.issued", "Đã cấp số, đóng dấu và ban hành văn bản.", "The document is numbered, sealed and issued.")
        .AddNotice("documents.returned", "Đã trả lại văn bản cho người soạn.", "The document was returned to its drafter.")
        .AddNotice("documents.paper-registered", "Đã lấy số cho văn bản giấy.", "The paper document took its number.")
        .AddNotice("documents.picture-kept", "Đã lưu ảnh.", "The picture was kept.");
}
