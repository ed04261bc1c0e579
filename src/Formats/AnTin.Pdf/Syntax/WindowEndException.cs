namespace AnTin.Pdf.Syntax;

/// <summary>A token reached the end of the bytes at hand while the file goes on: the caller reads more and parses again. Never leaves the library.</summary>
internal sealed class WindowEndException : Exception;
