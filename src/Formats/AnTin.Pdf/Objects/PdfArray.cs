using System.Collections;

namespace AnTin.Pdf;

/// <summary>An array. What was read from a file is frozen; <see cref="Copy"/> gives one that can be changed.</summary>
public sealed class PdfArray : PdfObject, IReadOnlyList<PdfObject>
{
    private readonly List<PdfObject> items;
    private bool frozen;

    /// <summary>Makes an array that can be changed.</summary>
    public PdfArray(params IEnumerable<PdfObject> items) => this.items = [.. items];

    internal PdfArray(List<PdfObject> items, bool frozen)
    {
        this.items = items;
        this.frozen = frozen;
    }

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public PdfObject this[int index]
    {
        get => items[index];
        set
        {
            RequireOpen();
            items[index] = value;
        }
    }

    /// <summary>Makes an array of numbers: integers where they are whole.</summary>
    public static PdfArray Of(params ReadOnlySpan<double> numbers)
    {
        var list = new List<PdfObject>(numbers.Length);
        foreach (var n in numbers) list.Add(n is >= int.MinValue and <= int.MaxValue && n == Math.Truncate(n) ? PdfInteger.Of((long)n) : new PdfReal(n));
        return new PdfArray(list, frozen: false);
    }

    /// <summary>Appends an element.</summary>
    public void Add(PdfObject item)
    {
        RequireOpen();
        items.Add(item);
    }

    /// <summary>A shallow copy that can be changed.</summary>
    public PdfArray Copy() => new([.. items], frozen: false);

    /// <inheritdoc/>
    public IEnumerator<PdfObject> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override bool Equals(object? obj)
    {
        if (ReferenceEquals(this, obj)) return true;
        if (obj is not PdfArray other || other.items.Count != items.Count) return false;
        for (var i = 0; i < items.Count; i++)
        {
            if (!items[i].Equals(other.items[i])) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(items.Count, items.Count > 0 ? items[0] : null);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(' ', items)}]";

    internal void Freeze() => frozen = true;

    private void RequireOpen()
    {
        if (frozen) throw new InvalidOperationException("This array was read from a file; change a Copy().");
    }
}
