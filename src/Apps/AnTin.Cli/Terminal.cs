using AnTin.Contracts.Platform;

namespace AnTin.Cli;

/// <summary>Where a command writes, and in which language. Results go to <paramref name="Out"/>, everything else to <paramref name="Error"/>.</summary>
/// <param name="Rich">Whether colours and a spinner make sense: a person looks at a terminal.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, Language Language, bool Rich, TimeProvider Time)
{
    public string Say(string vi, string en) => Language == Language.En ? en : vi;

    public string Say(Text text, params IReadOnlyList<object?> args) => text.Format(Language, args);

    /// <summary>Refuses: one line on standard error, and the exit code that goes with the refusal.</summary>
    public int Refuse(Error error)
    {
        Refusal refusal = CliErrors.Of(error.Code);
        string line = refusal.Text.Format(Language, error.Args).ReplaceLineEndings(" ");
        Error.WriteLine($"antin: {line}");
        return refusal.ExitCode;
    }

    /// <summary>`--lang`, else LC_ALL, LC_MESSAGES, LANG in this order; Vietnamese unless they say English.</summary>
    public static Language LanguageOf(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        for (int i = 0; i < args.Count; i++)
        {
            string? value = args[i] == "--lang" && i + 1 < args.Count ? args[i + 1]
                : args[i].StartsWith("--lang=", StringComparison.Ordinal) ? args[i]["--lang=".Length..]
                : null;
            if (value is not null)
                return value.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.En : Language.Vi;
        }
        string? locale = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(environment).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        return locale?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? Language.En : Language.Vi;
    }
}
