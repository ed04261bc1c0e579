using System.Globalization;

namespace AnTin.Pdf;

/// <summary>
/// One PDF object (ISO 32000-2:2020, 7.3). Equality is by content and does not follow references, so that two revisions of
/// an object can be compared.
/// </summary>
public abstract class PdfObject
{
    private protected PdfObject()
    {
    }
}

/// <summary>The null object.</summary>
public sealed class PdfNull : PdfObject
{
    private PdfNull()
    {
    }

    /// <summary>The one instance.</summary>
    public static PdfNull Instance { get; } = new();
}

/// <summary>true or false.</summary>
public sealed class PdfBoolean : PdfObject
{
    private PdfBoolean(bool value) => Value = value;

    /// <summary>The object true.</summary>
    public static PdfBoolean True { get; } = new(value: true);

    /// <summary>The object false.</summary>
    public static PdfBoolean False { get; } = new(value: false);

    /// <summary>The value.</summary>
    public bool Value { get; }

    /// <summary>The object for a value.</summary>
    public static PdfBoolean Of(bool value) => value ? True : False;

    /// <inheritdoc/>
    public override string ToString() => Value ? "true" : "false";
}

/// <summary>An integer or a real number.</summary>
public abstract class PdfNumber : PdfObject
{
    private protected PdfNumber(string? text) => Text = text;

    /// <summary>The number as the file spelt it, when that differs from how it would be written; rewriting keeps it.</summary>
    internal string? Text { get; }

    /// <summary>The value as a double.</summary>
    public abstract double ToDouble();
}

/// <summary>An integer.</summary>
public sealed class PdfInteger : PdfNumber
{
    private static readonly PdfInteger[] Small = MakeSmall();

    /// <summary>Makes an integer.</summary>
    public PdfInteger(long value) : base(null) => Value = value;

    internal PdfInteger(long value, string? text) : base(text) => Value = value;

    /// <summary>The value.</summary>
    public long Value { get; }

    /// <inheritdoc/>
    public override double ToDouble() => Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfInteger other && other.Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Text ?? Value.ToString(CultureInfo.InvariantCulture);

    internal static PdfInteger Of(long value) => value is >= 0 and < 256 ? Small[value] : new PdfInteger(value);

    private static PdfInteger[] MakeSmall()
    {
        var all = new PdfInteger[256];
        for (var i = 0; i < all.Length; i++) all[i] = new PdfInteger(i);
        return all;
    }
}

/// <summary>A real number; one that was read keeps its spelling.</summary>
public sealed class PdfReal : PdfNumber
{
    /// <summary>Makes a real number, written with up to five decimals.</summary>
    public PdfReal(double value) : base(null) => Value = value;

    internal PdfReal(double value, string text) : base(text) => Value = value;

    /// <summary>The value.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override double ToDouble() => Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfReal other && other.Value.Equals(Value);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    // ISO 32000-2 7.3.3 knows no exponent; five decimals are below a thousandth of a device pixel at 1200 dpi.
    /// <inheritdoc/>
    public override string ToString() => Text ?? Value.ToString("0.#####", CultureInfo.InvariantCulture);
}

/// <summary>A reference to an indirect object.</summary>
public sealed class PdfReference(int number, int generation) : PdfObject
{
    /// <summary>Object number.</summary>
    public int Number { get; } = number;

    /// <summary>Generation number.</summary>
    public int Generation { get; } = generation;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PdfReference other && other.Number == Number && other.Generation == Generation;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Generation);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Generation} R");
}
