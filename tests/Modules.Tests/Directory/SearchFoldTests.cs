using AnTin.Modules.Directory.Domain;

namespace AnTin.Modules.Tests.Directory;

public sealed class SearchFoldTests
{
    public static TheoryData<string, string, string> Cases => new()
    {
        { "marks fall away", "Nguyễn Thị Đào", "nguyen thi dao" },
        { "decomposed letters fold like composed ones", "Nguye\u0302\u0303n", "nguyen" },
        { "the crossed d is no combining mark and folds too", "ĐẶNG đình", "dang dinh" },
        { "blanks of any kind become one", "  Sở\u00a0\tXây   dựng ", "so xay dung" },
        { "wide and ligature forms are their letters", "ﬁle Ａ", "file a" },
        { "nothing stays nothing", " \u0301 ", "" },
        { "digits and points stay", "H99.05", "h99.05" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Folds(string description, string text, string expected) => Assert.True(SearchFold.Of(text) == expected, $"{description}: {SearchFold.Of(text)}");

    [Fact]
    public void Folding_twice_changes_nothing()
    {
        const string Letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
        string once = SearchFold.Of(Letters + Letters.ToUpperInvariant());
        Assert.Equal(once, SearchFold.Of(once));
        Assert.All(once, letter => Assert.InRange(letter, 'a', 'y'));
    }
}
