namespace AnTin.Pdf;

/// <summary>A widget annotation of a form field.</summary>
/// <param name="Reference">The annotation object; null when it stands directly in its field.</param>
/// <param name="Dictionary">The annotation dictionary; for a field with one widget often the field's own.</param>
public sealed record PdfWidget(PdfReference? Reference, PdfDictionary Dictionary);

/// <summary>A terminal form field (ISO 32000-2:2020, 12.7.4), with what it inherits.</summary>
/// <param name="FullName">Fully qualified name, parts joined by full stops (12.7.4.2).</param>
/// <param name="Reference">The field object; null when it stands directly in its parent.</param>
/// <param name="Dictionary">The field dictionary as it stands.</param>
/// <param name="FieldType">Tx, Btn, Ch or Sig, own or inherited; empty when there is none.</param>
/// <param name="Flags">/Ff, own or inherited.</param>
/// <param name="Value">/V, own or inherited, as it stands; null when there is none.</param>
/// <param name="DefaultAppearance">/DA, own, inherited, or the form's.</param>
/// <param name="Widgets">Its widget annotations.</param>
public sealed record PdfFormField(
    string FullName,
    PdfReference? Reference,
    PdfDictionary Dictionary,
    string FieldType,
    int Flags,
    PdfObject? Value,
    PdfString? DefaultAppearance,
    IReadOnlyList<PdfWidget> Widgets)
{
    /// <summary>/Ff bit 1.</summary>
    public const int ReadOnlyFlag = 1;
}
