using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;

namespace AnTin.Modules.Oversight.Domain;

/// <summary>Acts of the log in words; an act that is not listed is shown by its code.</summary>
internal static class ActTexts
{
    private static readonly Dictionary<string, Text> Texts = new(StringComparer.Ordinal)
    {
        [DocumentActs.Uploaded] = new("Tải văn bản lên", "Document uploaded"),
        [DocumentActs.Frozen] = new("Khóa nội dung để ký", "Document frozen for signing"),
        [DocumentActs.Initialled] = new("Ký nháy", "Initialled"),
        [DocumentActs.Signed] = new("Ký chính thức", "Signed"),
        [DocumentActs.Issued] = new("Cấp số và đóng dấu", "Numbered and sealed"),
        [DocumentActs.PaperRegistered] = new("Vào sổ văn bản giấy", "Paper document registered"),
        [DocumentActs.Refused] = new("Bị từ chối", "Refused"),
    };

    public static IEnumerable<string> Codes => Texts.Keys;

    public static string Show(string act, Language language) => Texts.TryGetValue(act, out Text? text) ? text.In(language) : act;
}
