using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using AnTin.Cli.Commands;

using AnTin.Contracts.Platform;

namespace AnTin.Cli;

/// <summary>The command line of AnTin: builds the command tree, turns what went wrong into one line and an exit code.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(args);
        Language language = Terminal.LanguageOf(args, Environment.GetEnvironmentVariable);
        var terminal = new Terminal(output, error, language, Rich: IsRich(), TimeProvider.System);
        try
        {
            ParseResult parsed = Create(terminal).Parse(args);
            if (parsed.Errors.Count > 0)
                return RefuseUsage(terminal, parsed);
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
                Output = output,
                Error = error,
            });
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("antin: " + terminal.Say("đã dừng theo yêu cầu; không để lại tệp dở dang", "stopped as asked; no partial file was left"));
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await error.WriteLineAsync(Bug(terminal, e));
            return ExitCode.Bug;
        }
    }

    /// <summary>The command tree; documentation tests hold it against what the documentation names.</summary>
    public static RootCommand Create(Language language) =>
        Create(new Terminal(TextWriter.Null, TextWriter.Null, language, Rich: false, TimeProvider.System));

    private static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand(terminal.Say(
            "AnTin: ký số, kiểm tra chữ ký số chuyên dùng công vụ và bằng chứng của chúng.",
            "AnTin: signs and verifies official-duty digital signatures and proves their evidence."))
        {
            new Option<string>("--lang")
            {
                Description = terminal.Say("Ngôn ngữ: vi (mặc định) hoặc en.", "Language: vi (default) or en."),
                Recursive = true,
            }.AcceptOnlyFromAmong("vi", "en"),
        };
        root.Add(SignCommand.Create(terminal));
        root.Add(VerifyCommand.Create(terminal));
        root.Add(AuditCommand.Create(terminal));
        root.Add(PkiCommand.Create(terminal));
        root.Add(DemoCommand.Create(terminal));
        root.Add(ServeCommand.Create(terminal));
        return root;
    }

    private static int RefuseUsage(Terminal terminal, ParseResult parsed)
    {
        string command = string.Join(' ', NamesOf(parsed.CommandResult).Append("antin").Reverse());
        string what = parsed.UnmatchedTokens.Count > 0
            ? terminal.Say($"không hiểu “{parsed.UnmatchedTokens[0]}”", $"'{parsed.UnmatchedTokens[0]}' is not understood")
            : MissingOf(parsed, terminal) ?? parsed.Errors[0].Message;
        terminal.Error.WriteLine("antin: " + terminal.Say(
            $"dòng lệnh sai: {what}; xem {command} --help",
            $"wrong command line: {what}; see {command} --help").ReplaceLineEndings(" "));
        return ExitCode.Usage;
    }

    private static string? MissingOf(ParseResult parsed, Terminal terminal)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Options.FirstOrDefault(o => o.Required && parsed.GetResult(o) is null or { Implicit: true }) is { Required: true } option)
            return terminal.Say($"thiếu {option.Name}", $"{option.Name} is missing");
        if (command.Arguments.FirstOrDefault(a => a.Arity.MinimumNumberOfValues > (parsed.GetResult(a)?.Tokens.Count ?? 0)) is { } argument)
            return terminal.Say($"thiếu {argument.Name}", $"{argument.Name} is missing");
        if (command.Subcommands.Count > 0 && command.Action is null)
            return terminal.Say($"cần một trong: {List(command)}", $"one of these is needed: {List(command)}");
        return null;
    }

    private static string List(Command command) => string.Join(", ", command.Subcommands.Select(c => c.Name));

    private static IEnumerable<string> NamesOf(CommandResult command)
    {
        for (SymbolResult? result = command; result is not null; result = result.Parent)
        {
            if (result is CommandResult { Command: not RootCommand } inner)
                yield return inner.Command.Name;
        }
    }

    private static string Bug(Terminal terminal, Exception e)
    {
        var line = new StringBuilder("antin: ");
        line.Append(terminal.Say("lỗi của chương trình, xin báo lại kèm dòng này: ", "a bug of the program, please report it with this line: "));
        line.Append(e.GetType().Name).Append(": ").Append(e.Message.ReplaceLineEndings(" "));
        if (e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("AnTin", StringComparison.Ordinal)) is { } frame)
            line.Append(" (").Append(frame.Trim()).Append(')');
        return line.ToString();
    }

    private static bool IsRich() => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
}
