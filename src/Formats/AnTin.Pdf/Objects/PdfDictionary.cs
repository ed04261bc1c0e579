using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AnTin.Pdf;

/// <summary>
/// A dictionary, in the order of the file. What was read from a file is frozen; <see cref="Copy"/> gives one that can be changed.
/// Keys are given as the Latin-1 form of the name (see <see cref="PdfName.Value"/>). An entry whose value is null counts as absent.
/// </summary>
public sealed class PdfDictionary : PdfObject, IEnumerable<KeyValuePair<PdfName, PdfObject>>
{
    // Most dictionaries have under ten entries, where walking an array beats hashing; large ones get an index.
    private const int IndexFrom = 24;

    private KeyValuePair<PdfName, PdfObject>[] entries;
    private Dictionary<string, int>? index;
    private int count;
    private bool frozen;

    /// <summary>Makes an empty dictionary.</summary>
    public PdfDictionary() => entries = new KeyValuePair<PdfName, PdfObject>[4];

    private PdfDictionary(KeyValuePair<PdfName, PdfObject>[] entries, int count)
    {
        this.entries = entries;
        this.count = count;
    }

    /// <summary>Number of entries.</summary>
    public int Count => count;

    /// <summary>The value of a key as it stands, references not followed; setting null or <see cref="PdfNull"/> removes the key.</summary>
    [DisallowNull]
    public PdfObject? this[string key]
    {
        get
        {
            var at = Find(key);
            return at < 0 || entries[at].Value is PdfNull ? null : entries[at].Value;
        }

        set
        {
            RequireOpen();
            if (value is PdfNull) Remove(key);
            else Set(PdfName.Of(key), value);
        }
    }

    /// <summary>True when the key has a value other than null.</summary>
    public bool Contains(string key) => this[key] is not null;

    /// <summary>Adds or replaces an entry; returns this dictionary.</summary>
    public PdfDictionary With(string key, PdfObject value)
    {
        this[key] = value;
        return this;
    }

    /// <summary>Removes an entry.</summary>
    public bool Remove(string key)
    {
        RequireOpen();
        var at = Find(key);
        if (at < 0) return false;
        Array.Copy(entries, at + 1, entries, at, count - at - 1);
        count--;
        entries[count] = default;
        index = null;
        return true;
    }

    /// <summary>A shallow copy that can be changed.</summary>
    public PdfDictionary Copy()
    {
        var copy = new KeyValuePair<PdfName, PdfObject>[count + 4];
        Array.Copy(entries, copy, count);
        return new PdfDictionary(copy, count);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<PdfName, PdfObject>> GetEnumerator()
    {
        for (var i = 0; i < count; i++) yield return entries[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override bool Equals(object? obj)
    {
        if (ReferenceEquals(this, obj)) return true;
        if (obj is not PdfDictionary other) return false;
        var alive = 0;
        for (var i = 0; i < count; i++)
        {
            if (entries[i].Value is PdfNull) continue;
            alive++;
            if (other[entries[i].Key.Value] is not { } value || !value.Equals(entries[i].Value)) return false;
        }

        for (var i = 0; i < other.count; i++)
        {
            if (other.entries[i].Value is not PdfNull) alive--;
        }

        return alive == 0;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 0;
        for (var i = 0; i < count; i++)
        {
            if (entries[i].Value is not PdfNull) hash ^= entries[i].Key.GetHashCode();
        }

        return hash;
    }

    /// <inheritdoc/>
    public override string ToString() => $"<<{string.Join(' ', this.Select(e => $"{e.Key} {e.Value}"))}>>";

    internal ReadOnlySpan<KeyValuePair<PdfName, PdfObject>> Entries => entries.AsSpan(0, count);

    /// <summary>Adds an entry that is known to be new; false when the key is there already.</summary>
    internal bool TryAppend(PdfName key, PdfObject value)
    {
        if (Find(key.Value) >= 0) return false;
        Append(key, value);
        return true;
    }

    internal void Freeze() => frozen = true;

    private void Set(PdfName key, PdfObject value)
    {
        var at = Find(key.Value);
        if (at >= 0) entries[at] = new(entries[at].Key, value);
        else Append(key, value);
    }

    private void Append(PdfName key, PdfObject value)
    {
        if (count == entries.Length) Array.Resize(ref entries, count * 2);
        index?.Add(key.Value, count);
        entries[count++] = new(key, value);
    }

    private int Find(string key)
    {
        if (count >= IndexFrom) return (index ??= MakeIndex()).TryGetValue(key, out var at) ? at : -1;
        for (var i = 0; i < count; i++)
        {
            var name = entries[i].Key.Value;
            if (ReferenceEquals(name, key) || string.Equals(name, key, StringComparison.Ordinal)) return i;
        }

        return -1;
    }

    private Dictionary<string, int> MakeIndex()
    {
        var made = new Dictionary<string, int>(count * 2, StringComparer.Ordinal);
        for (var i = 0; i < count; i++) made[entries[i].Key.Value] = i;
        return made;
    }

    private void RequireOpen()
    {
        if (frozen) throw new InvalidOperationException("This dictionary was read from a file; change a Copy().");
    }
}
