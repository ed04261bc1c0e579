namespace AnTin.Web.Components;

/// <summary>The meaning of a coloured element; never told by colour alone.</summary>
public enum Tone
{
    Neutral,
    Info,
    Good,
    Warn,
    Bad,
}

internal static class Tones
{
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Info => "info",
        Tone.Good => "good",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        _ => "neutral",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => "check",
        Tone.Warn => "warning",
        Tone.Bad => "cross",
        _ => "info",
    };
}
