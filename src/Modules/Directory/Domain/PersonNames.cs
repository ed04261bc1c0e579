using System.Globalization;

namespace AnTin.Modules.Directory.Domain;

/// <summary>Vietnamese people are listed by given name, which is the last word; ties by the whole name.</summary>
internal sealed class PersonNames : IComparer<string>
{
    public static readonly PersonNames InOrder = new();

    private static readonly CompareInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN").CompareInfo;

    public int Compare(string? x, string? y)
    {
        int byGivenName = Vietnamese.Compare(GivenName(x), GivenName(y), CompareOptions.IgnoreCase);
        return byGivenName != 0 ? byGivenName : Vietnamese.Compare(x ?? "", y ?? "", CompareOptions.IgnoreCase);
    }

    private static string GivenName(string? fullName) => (fullName ?? "").Trim() is { } name ? name[(name.LastIndexOf(' ') + 1)..] : "";
}
