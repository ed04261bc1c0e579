using System.Runtime.InteropServices;

namespace AnTin.Pdf;

/// <summary>What a cross-reference entry says of an object.</summary>
public enum XrefKind : byte
{
    /// <summary>The section says nothing of the object.</summary>
    Missing,

    /// <summary>The object is free (deleted).</summary>
    Free,

    /// <summary>The object stands in the file.</summary>
    InFile,

    /// <summary>The object stands in an object stream.</summary>
    Compressed,
}

/// <summary>One cross-reference entry (ISO 32000-2:2020, 7.5.4 and 7.5.8.3).</summary>
/// <param name="Kind">Which of the forms.</param>
/// <param name="Location">InFile: byte offset in the file; Compressed: number of the object stream; Free: number of the next free object.</param>
/// <param name="Extra">InFile and Free: generation; Compressed: index in the object stream.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct XrefEntry(XrefKind Kind, long Location, int Extra);
