namespace AnTin.Modules.Custody.Domain;

/// <summary>What may be a PIN: as tokens have them, six characters at least; digits or anything else.</summary>
internal static class Pins
{
    public const int Shortest = 6;
    public const int Longest = 64;

    public static bool IsWellFormed(string? pin) => pin is { Length: >= Shortest and <= Longest } && !pin.Any(char.IsControl);
}
