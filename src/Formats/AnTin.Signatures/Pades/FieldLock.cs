// Field locks and the FieldMDP transform: ISO 32000-2:2020, 12.7.5.5 (Table 236) and 12.8.2.4 (Table 259).

using AnTin.Pdf;

namespace AnTin.Signatures;

/// <summary>Which fields a lock names.</summary>
public enum FieldLockAction
{
    /// <summary>Every field.</summary>
    All,

    /// <summary>The fields listed.</summary>
    Include,

    /// <summary>Every field but those listed.</summary>
    Exclude,
}

/// <summary>Fields that may no longer change once a signature stands.</summary>
public sealed record FieldLock(FieldLockAction Action, params IReadOnlyList<string> Fields)
{
    /// <summary>Locks every field.</summary>
    public static FieldLock All { get; } = new(FieldLockAction.All);

    /// <summary>Whether the lock holds a field. A listed name also stands for the fields below it.</summary>
    public bool Covers(string fullName)
    {
        ArgumentNullException.ThrowIfNull(fullName);
        if (Action is FieldLockAction.All) return true;
        var listed = Fields.Any(name => fullName == name || (fullName.StartsWith(name, StringComparison.Ordinal) && fullName[name.Length] == '.'));
        return listed == Action is FieldLockAction.Include;
    }

    /// <summary>Reads a SigFieldLock dictionary or FieldMDP transform parameters; null when it is neither.</summary>
    public static FieldLock? From(PdfDocument document, PdfDictionary dictionary)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (!Enum.TryParse<FieldLockAction>(document.Get<PdfName>(dictionary, "Action")?.Value, out var action)) return null;
        var names = document.Get<PdfArray>(dictionary, "Fields") ?? new PdfArray();
        return new FieldLock(action, [.. names.Select(document.Resolve).OfType<PdfString>().Select(n => n.ToText())]);
    }

    /// <inheritdoc/>
    public bool Equals(FieldLock? other) => other is not null && other.Action == Action && (Action is FieldLockAction.All || Fields.ToHashSet(StringComparer.Ordinal).SetEquals(other.Fields));

    /// <inheritdoc/>
    public override int GetHashCode() => Action.GetHashCode();

    internal PdfDictionary ToLock() => Fill(new PdfDictionary().With("Type", Names.SigFieldLock));

    internal PdfDictionary ToTransformParameters() => Fill(new PdfDictionary().With("Type", Names.TransformParams).With("V", Names.FieldMdpVersion));

    private PdfDictionary Fill(PdfDictionary dictionary)
    {
        dictionary["Action"] = new PdfName(Action.ToString());
        if (Action is not FieldLockAction.All) dictionary["Fields"] = new PdfArray(Fields.Select(PdfString.FromText));
        return dictionary;
    }
}
