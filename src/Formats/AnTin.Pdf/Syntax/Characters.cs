namespace AnTin.Pdf.Syntax;

/// <summary>Character classes of ISO 32000-2:2020, 7.2.3.</summary>
internal static class Characters
{
    private const byte White = 1;
    private const byte Delimiter = 2;

    private static readonly byte[] Classes = MakeClasses();

    public static bool IsWhite(byte b) => Classes[b] == White;

    public static bool IsRegular(byte b) => Classes[b] == 0;

    public static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    /// <summary>Value of a hexadecimal digit, or -1.</summary>
    public static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    private static byte[] MakeClasses()
    {
        var classes = new byte[256];
        foreach (var b in "\0\t\n\f\r "u8) classes[b] = White;
        foreach (var b in "()<>[]{}/%"u8) classes[b] = Delimiter;
        return classes;
    }
}
