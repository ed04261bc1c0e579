// The block of a signer: title above, full name below, room for the signature between.
// References: Decree 30/2020/NĐ-CP, Appendix I, boxes 7a (title of the signer with KT., TM., TL., TUQ., Q.), 7b (full
// name), 7c (signature: in the middle between title and full name) and 8 (seal: over about a third of the signature, on its left).
namespace AnTin.Pdf;

internal sealed class SignerBlockFinder(SignatureBoxOptions options)
{
    // The signature, in points, above and below which no title or name of the same block is looked for (100 mm).
    private const double FarthestTitle = 283;

    // Not less than this is offered even where title and name stand close (12 mm).
    private const double LowestBox = 34;

    private const double Air = 1;

    private static readonly string[] Capacities = ["tm.", "kt.", "tl.", "tuq.", "q."];

    private static readonly string[] Titles =
    [
        "chu tich",
        "pho chu tich",
        "giam doc",
        "pho giam doc",
        "tong giam doc",
        "pho tong giam doc",
        "chanh van phong",
        "pho chanh van phong",
        "truong phong",
        "pho truong phong",
        "bo truong",
        "thu truong",
        "cuc truong",
        "pho cuc truong",
        "vu truong",
        "pho vu truong",
        "chi cuc truong",
        "pho chi cuc truong",
        "tong cuc truong",
        "hieu truong",
        "pho hieu truong",
        "truong ban",
        "pho truong ban",
        "chanh thanh tra",
        "pho chanh thanh tra",
        "vien truong",
        "chanh an",
        "bi thu",
        "pho bi thu",
        "thu tuong",
        "pho thu tuong",
        "tong thanh tra",
        "kiem soat vien",
        "doi truong",
        "tram truong",
        "ke toan truong",
        "nguoi dung dau",
        "thu truong don vi",
        "truong doan",
        "chu nhiem",
        "pho chu nhiem",
        "tong bien tap",
        "quyen",
    ];

    /// <summary>The room between the title and a full name on this page; null when the name does not stand there as a signer's.</summary>
    public FoundPlace? FindByName(PageRows page, string fullName)
    {
        var wanted = FoldedText.Of(fullName);
        if (wanted.Length < 2)
            return null;
        // The lowest one: names in the text come before the block. Degrees and ranks may stand before a name.
        const int rankLength = 24;
        foreach (
            var name in page
                .Pieces.Where(piece => piece.Folded.Length <= wanted.Length + rankLength && HasName(piece.Folded, wanted))
                .Reverse()
        )
        {
            var title = TitleAbove(page, name);
            if (title is not null)
                return Between(page, title, name);
            if (name.Folded == wanted)
                return At(page, name.Middle, name.Seen.Y - Air - (options.Height / 2), options.Height, PlaceSource.Name, name.Text);
        }
        return null;
    }

    /// <summary>The room below the lowest title on this page; null when there is none.</summary>
    public FoundPlace? FindByTitle(PageRows page)
    {
        var title = page.Pieces.LastOrDefault(piece => IsKnownTitle(piece) && piece.Folded.Length <= 60);
        if (title is null)
            return null;
        // The first text under the title is the name, unless it is too far or too close to leave room.
        var below = page.Pieces.FirstOrDefault(piece => piece.Seen.Y >= title.Seen.Bottom - Air && piece.SharesColumn(title));
        if (below is not null && !below.IsCapitals && below.Seen.Y - title.Seen.Bottom is > LowestBox / 2 and < FarthestTitle)
            return Between(page, title, below);
        return At(page, title.Middle, title.Seen.Bottom + Air + (options.Height / 2), options.Height, PlaceSource.Title, title.Text);
    }

    private static bool HasName(string folded, string name)
    {
        var at = folded.IndexOf(name, StringComparison.Ordinal);
        return at >= 0
            && (at == 0 || !char.IsLetterOrDigit(folded[at - 1]))
            && (at + name.Length == folded.Length || !char.IsLetterOrDigit(folded[at + name.Length]));
    }

    private static TextPiece? TitleAbove(PageRows page, TextPiece name)
    {
        foreach (var piece in page.Pieces.Where(piece => piece.Seen.Bottom <= name.Seen.Y + Air && piece.SharesColumn(name)).Reverse())
        {
            if (name.Seen.Y - piece.Seen.Bottom > FarthestTitle)
                return null;
            // "(Ký, ghi rõ họ tên)", "(Đã ký)" and the like stand in the room itself.
            if (piece.Text.StartsWith('('))
                continue;
            return piece.IsCapitals || IsKnownTitle(piece) ? piece : null;
        }
        return null;
    }

    private static bool IsKnownTitle(TextPiece piece)
    {
        var text = piece.Folded;
        var hasCapacity = Array.Exists(Capacities, capacity => text.StartsWith(capacity, StringComparison.Ordinal));
        return (hasCapacity && piece.IsCapitals)
            || (piece.IsCapitals && Array.Exists(Titles, title => text.StartsWith(title, StringComparison.Ordinal)));
    }

    private FoundPlace Between(PageRows page, TextPiece title, TextPiece name)
    {
        double top = title.Seen.Bottom + Air,
            bottom = name.Seen.Y - Air;
        var height = Math.Clamp(bottom - top, LowestBox, options.Height);
        return At(page, name.Middle, (top + bottom) / 2, height, PlaceSource.TitleAndName, $"{title.Text} … {name.Text}");
    }

    private FoundPlace At(PageRows page, double middle, double center, double height, PlaceSource source, string text)
    {
        var seen = new VisualRectangle(middle - (options.Width / 2), center - (height / 2), options.Width, height);
        return FoundPlace.On(page.Geometry, page.PageIndex, seen, source, text);
    }
}
