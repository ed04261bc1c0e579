// Runs the content of a page as far as text needs it, and gives each shown character code its place.
// References: ISO 32000-2:2020 §8.4 (graphics state), §8.10 (form XObjects), §8.9.7 (inline images), §9.3 (text state),
// §9.4 (text objects and their operators), §7.8 (content streams, resources).
// Limits: clipping, colour and visibility (optional content, rendering mode 3) are ignored: what is written is reported,
// also the invisible layer of recognised text over a scan. ActualText is not used.
namespace AnTin.Pdf;

internal sealed class ContentInterpreter
{
    private readonly PdfDocument document;
    private readonly TextLimits limits;
    private readonly List<TextGlyph> glyphs = [];
    private readonly Dictionary<PdfDictionary, TextFont> fonts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PdfStream, ReadOnlyMemory<byte>> decoded = new(ReferenceEqualityComparer.Instance);
    private int operators;

    private ContentInterpreter(PdfDocument document, TextLimits limits)
    {
        this.document = document;
        this.limits = limits;
    }

    public static IReadOnlyList<TextGlyph> Run(PdfDocument document, PdfPage page, TextLimits limits)
    {
        var interpreter = new ContentInterpreter(document, limits);
        interpreter.RunContent(interpreter.PageContent(page), page.Resources, new TextState(), 0);
        return interpreter.glyphs;
    }

    // §7.7.3.3: the streams of the array are one, with a blank between them.
    private ReadOnlyMemory<byte> PageContent(PdfPage page)
    {
        var contents = document.Resolve(page.Dictionary["Contents"]);
        if (contents is PdfStream single)
            return Decode(single);
        if (contents is not PdfArray streams)
            return ReadOnlyMemory<byte>.Empty;
        using var joined = new MemoryStream();
        foreach (var item in streams)
            if (document.Resolve(item) is PdfStream part)
            {
                joined.Write(Decode(part).Span);
                joined.WriteByte((byte)'\n');
                if (joined.Length > document.Limits.DecodedStreamBytes)
                    throw new PdfFormatException("limit.text-content", "The content of a page is larger than allowed");
            }
        return joined.ToArray();
    }

    private ReadOnlyMemory<byte> Decode(PdfStream stream)
    {
        if (!decoded.TryGetValue(stream, out var bytes))
            decoded[stream] = bytes = document.Decode(stream);
        return bytes;
    }

    private void RunContent(ReadOnlyMemory<byte> content, PdfDictionary resources, TextState state, int depth)
    {
        var lexer = new ContentLexer(content);
        var operands = new Operands();
        var saved = new Stack<TextState>();
        for (var token = lexer.Next(); token != ContentTokenKind.End; token = lexer.Next())
        {
            if (token != ContentTokenKind.Keyword)
            {
                operands.Push(lexer, token);
                continue;
            }
            if (++operators > limits.Operators)
                throw new PdfFormatException("limit.text-operators", "The content of a page has more operators than allowed");
            switch (lexer.Word)
            {
                case "true" or "false" or "null":
                    continue;
                case "q" when saved.Count < limits.SavedStates:
                    saved.Push(state.Clone());
                    break;
                case "Q" when saved.Count > 0:
                    state = saved.Pop();
                    break;
                case "Do" when operands.Name(0) is { } name:
                    ShowForm(name, resources, state, depth);
                    break;
                case "BI":
                    SkipInlineImage(lexer);
                    break;
                default:
                    Apply(lexer.Word, operands, resources, state);
                    break;
            }
            operands.Clear();
        }
    }

    private void Apply(string keyword, Operands operands, PdfDictionary resources, TextState state)
    {
        switch (keyword)
        {
            case "cm" when operands.Matrix() is { } matrix:
                state.Transform = matrix.Then(state.Transform);
                break;
            case "BT":
                state.SetLine(PdfMatrix.Identity);
                break;
            case "Tm" when operands.Matrix() is { } matrix:
                state.SetLine(matrix);
                break;
            case "Td":
                state.Move(operands.Number(0), operands.Number(1));
                break;
            case "TD":
                state.Leading = -operands.Number(1);
                state.Move(operands.Number(0), operands.Number(1));
                break;
            case "T*":
                state.Move(0, -state.Leading);
                break;
            case "Tc":
                state.LetterSpacing = operands.Number(0);
                break;
            case "Tw":
                state.WordSpacing = operands.Number(0);
                break;
            case "Tz":
                state.Scale = operands.Number(0) / 100;
                break;
            case "TL":
                state.Leading = operands.Number(0);
                break;
            case "Ts":
                state.Rise = operands.Number(0);
                break;
            case "Tf" when operands.Name(0) is { } name:
                state.Font = FindFont(resources, name);
                state.Size = operands.Number(1);
                break;
            case "gs" when operands.Name(0) is { } name:
                ApplyParameters(resources, name, state);
                break;
            case "Tj":
                Show(operands.Bytes(0), state);
                break;
            case "'":
                state.Move(0, -state.Leading);
                Show(operands.Bytes(0), state);
                break;
            case "\"":
                state.WordSpacing = operands.Number(0);
                state.LetterSpacing = operands.Number(1);
                state.Move(0, -state.Leading);
                Show(operands.Bytes(2), state);
                break;
            case "TJ":
                ShowAdjusted(operands, state);
                break;
        }
    }

    private void ShowAdjusted(Operands operands, TextState state)
    {
        foreach (var item in operands.Items)
            if (item.Bytes is { } bytes)
                Show(bytes, state);
            else if (state.Font is { IsVertical: true })
                state.Advance(0, -item.Number / 1000 * state.Size);
            else
                state.Advance(-item.Number / 1000 * state.Size * state.Scale, 0);
    }

    private void Show(byte[]? shown, TextState state)
    {
        if (shown is null || state.Font is not { } font)
            return;
        var bytes = shown.AsSpan();
        while (bytes.Length > 0)
        {
            var code = font.Next(bytes);
            bytes = bytes[Math.Max(1, code.Length)..];
            if (glyphs.Count >= limits.Glyphs)
                throw new PdfFormatException("limit.text-glyphs", "A page shows more characters than allowed");
            AddGlyph(code, font, state);
            var spacing = state.LetterSpacing + (code.IsWordSpace ? state.WordSpacing : 0);
            if (font.IsVertical)
                state.Advance(0, (code.Advance * state.Size) + spacing);
            else
                state.Advance(((code.Advance * state.Size) + spacing) * state.Scale, 0);
        }
    }

    private void AddGlyph(TextCode code, TextFont font, TextState state)
    {
        // §9.4.4: text space at size 1 to user space.
        var rendering = new PdfMatrix(state.Size * state.Scale, 0, 0, state.Size, 0, state.Rise).Then(state.Text).Then(state.Transform);
        if (!rendering.IsFinite)
            return;
        var advance = font.IsVertical ? 1 : code.Advance;
        // §9.7.4.3: in vertical writing the origin is above the middle of the glyph.
        var left = font.IsVertical ? -0.5 : 0;
        var shift = font.IsVertical ? -font.Ascent : 0;
        PdfPoint origin = rendering.Apply(left, shift),
            end = rendering.Apply(left + advance, shift);
        var corners = new PdfRectangle(left, shift + font.Descent, left + advance, shift + font.Ascent);
        var up = rendering.Apply(left, shift + 1);
        var size = Math.Sqrt(Math.Pow(up.X - origin.X, 2) + Math.Pow(up.Y - origin.Y, 2));
        glyphs.Add(new TextGlyph(code.Text, origin, end, rendering.Apply(corners), size, font.IsItalic));
    }

    private void ShowForm(string name, PdfDictionary resources, TextState state, int depth)
    {
        if (
            depth >= limits.FormDepth
            || document.Get<PdfDictionary>(resources, "XObject") is not { } objects
            || document.Get<PdfStream>(objects, name) is not { } form
            || document.Get<PdfName>(form.Dictionary, "Subtype")?.Value != "Form"
        )
            return;
        var inner = state.Clone();
        if (document.Get<PdfArray>(form.Dictionary, "Matrix") is { } array && ReadMatrix(array) is { } matrix)
            inner.Transform = matrix.Then(inner.Transform);
        // §7.8.3: a form without resources of its own uses the page's (an obsolete habit that is still met).
        RunContent(Decode(form), document.Get<PdfDictionary>(form.Dictionary, "Resources") ?? resources, inner, depth + 1);
    }

    private PdfMatrix? ReadMatrix(PdfArray array)
    {
        var numbers = array.Select(item => (document.Resolve(item) as PdfNumber)?.ToDouble()).ToArray();
        return numbers.Length == 6 && numbers.All(number => number is not null)
            ? new PdfMatrix(
                numbers[0]!.Value,
                numbers[1]!.Value,
                numbers[2]!.Value,
                numbers[3]!.Value,
                numbers[4]!.Value,
                numbers[5]!.Value
            )
            : null;
    }

    private void ApplyParameters(PdfDictionary resources, string name, TextState state)
    {
        if (
            document.Get<PdfDictionary>(resources, "ExtGState") is not { } states
            || document.Get<PdfDictionary>(states, name) is not { } parameters
            || document.Get<PdfArray>(parameters, "Font") is not { Count: 2 } pair
            || document.Resolve(pair[0]) is not PdfDictionary font
        )
            return;
        state.Font = LoadFont(font);
        state.Size = (document.Resolve(pair[1]) as PdfNumber)?.ToDouble() ?? state.Size;
    }

    private TextFont? FindFont(PdfDictionary resources, string name) =>
        document.Get<PdfDictionary>(resources, "Font") is { } named && document.Get<PdfDictionary>(named, name) is { } font
            ? LoadFont(font)
            : null;

    private TextFont LoadFont(PdfDictionary font)
    {
        if (fonts.TryGetValue(font, out var known))
            return known;
        TextFont loaded;
        try
        {
            loaded =
                document.Get<PdfName>(font, "Subtype")?.Value == "Type0"
                    ? new CompositeTextFont(document, font)
                    : new SimpleTextFont(document, font);
        }
        catch (PdfFormatException exception) when (!exception.Code.StartsWith("limit.", StringComparison.Ordinal))
        {
            // One damaged font must not hide the text of the others; its own characters count as unknown.
            loaded = new SimpleTextFont(document, new PdfDictionary());
        }
        return fonts[font] = loaded;
    }

    private static void SkipInlineImage(ContentLexer lexer)
    {
        double width = 0,
            height = 0,
            bits = 1,
            channels = 1;
        var isPlain = true;
        var key = "";
        for (var token = lexer.Next(); token != ContentTokenKind.End; token = lexer.Next())
        {
            if (token == ContentTokenKind.Keyword && lexer.Word == "ID")
                break;
            switch (key)
            {
                case "W" or "Width" when token == ContentTokenKind.Number:
                    width = lexer.Number;
                    break;
                case "H" or "Height" when token == ContentTokenKind.Number:
                    height = lexer.Number;
                    break;
                case "BPC" or "BitsPerComponent" when token == ContentTokenKind.Number:
                    bits = lexer.Number;
                    break;
                case "CS" or "ColorSpace" when token == ContentTokenKind.Name:
                    channels = lexer.Word switch
                    {
                        "RGB" or "DeviceRGB" => 3,
                        "CMYK" or "DeviceCMYK" => 4,
                        _ => 1,
                    };
                    break;
                case "F" or "Filter":
                    isPlain = false;
                    break;
            }
            key = token == ContentTokenKind.Name && key.Length == 0 ? lexer.Word : "";
        }
        var length = Math.Ceiling(width * bits * channels / 8) * height;
        lexer.SkipInlineImage(isPlain && length is >= 0 and < int.MaxValue ? (long)length : -1);
    }
}
