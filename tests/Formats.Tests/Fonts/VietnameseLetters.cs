using System.Text;

namespace AnTin.Formats.Tests.Fonts;

/// <summary>The 134 letters that Vietnamese adds to ASCII: twelve vowels in six tones, less the six plain ones, and đ; small and capital.</summary>
internal static class VietnameseLetters
{
    private const string Tones = "\u0300\u0301\u0303\u0309\u0323";

    public static IReadOnlyList<string> All { get; } = Build();

    private static List<string> Build()
    {
        var letters = new List<string>();
        foreach (var vowel in "aăâeêioôơuưy")
        {
            if (vowel > 0x7F)
                letters.Add(vowel.ToString());
            foreach (var tone in Tones)
                letters.Add($"{vowel}{tone}".Normalize(NormalizationForm.FormC));
        }
        letters.Add("đ");
        return [.. letters, .. letters.Select(letter => letter.ToUpperInvariant())];
    }
}
