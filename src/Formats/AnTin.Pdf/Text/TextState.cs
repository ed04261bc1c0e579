namespace AnTin.Pdf;

/// <summary>The part of the graphics state that text needs (ISO 32000-2:2020 §8.4.1, §9.3.1).</summary>
internal sealed class TextState
{
    private PdfMatrix line = PdfMatrix.Identity;

    /// <summary>User space of this content to default user space of the page.</summary>
    public PdfMatrix Transform { get; set; } = PdfMatrix.Identity;

    /// <summary>The text matrix.</summary>
    public PdfMatrix Text { get; private set; } = PdfMatrix.Identity;

    public TextFont? Font { get; set; }

    public double Size { get; set; }

    public double LetterSpacing { get; set; }

    public double WordSpacing { get; set; }

    public double Scale { get; set; } = 1;

    public double Leading { get; set; }

    public double Rise { get; set; }

    public void SetLine(PdfMatrix matrix) => Text = line = matrix;

    public void Move(double x, double y) => SetLine(PdfMatrix.Translation(x, y).Then(line));

    public void Advance(double x, double y) => Text = PdfMatrix.Translation(x, y).Then(Text);

    public TextState Clone() => (TextState)MemberwiseClone();
}

/// <summary>Operands before an operator. Too many are dropped; no operator has more than six.</summary>
internal sealed class Operands
{
    private const int MaximumOperands = 64;
    private readonly List<(double Number, string? Name, byte[]? Bytes)> values = [];
    private readonly List<(double Number, byte[]? Bytes)> items = [];
    private int arrays;
    private int dictionaries;

    /// <summary>Numbers and strings of the last array.</summary>
    public IReadOnlyList<(double Number, byte[]? Bytes)> Items => items;

    public void Push(ContentLexer lexer, ContentTokenKind token)
    {
        switch (token)
        {
            case ContentTokenKind.ArrayStart:
                if (arrays++ == 0)
                    items.Clear();
                break;
            case ContentTokenKind.ArrayEnd:
                arrays = Math.Max(0, arrays - 1);
                break;
            case ContentTokenKind.DictionaryStart:
                dictionaries++;
                break;
            case ContentTokenKind.DictionaryEnd:
                dictionaries = Math.Max(0, dictionaries - 1);
                break;
            case var _ when dictionaries > 0:
                break;
            case ContentTokenKind.Number when arrays > 0:
                items.Add((lexer.Number, null));
                break;
            case ContentTokenKind.String when arrays > 0:
                items.Add((0, lexer.Bytes.ToArray()));
                break;
            case var _ when arrays > 0 || values.Count == MaximumOperands:
                break;
            case ContentTokenKind.Number:
                values.Add((lexer.Number, null, null));
                break;
            case ContentTokenKind.String:
                values.Add((0, null, lexer.Bytes.ToArray()));
                break;
            case ContentTokenKind.Name:
                values.Add((0, lexer.Word, null));
                break;
        }
    }

    public double Number(int index) => index < values.Count ? values[index].Number : 0;

    public string? Name(int index) => index < values.Count ? values[index].Name : null;

    public byte[]? Bytes(int index) => index < values.Count ? values[index].Bytes : null;

    public PdfMatrix? Matrix() =>
        values.Count >= 6 ? new PdfMatrix(Number(0), Number(1), Number(2), Number(3), Number(4), Number(5)) : null;

    public void Clear()
    {
        values.Clear();
        items.Clear();
        arrays = 0;
        dictionaries = 0;
    }
}
