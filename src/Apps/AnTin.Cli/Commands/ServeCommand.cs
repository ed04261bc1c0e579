using System.CommandLine;
using AnTin.Server.Hosting;

namespace AnTin.Cli.Commands;

/// <summary>`antin serve`: the same server as AnTin.Server, with the same arguments.</summary>
internal static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("serve", terminal.Say(
            "Chạy máy chủ AnTin (cùng chương trình với AnTin.Server); các tham số khác được chuyển nguyên cho máy chủ.",
            "Runs the AnTin server (the same program as AnTin.Server); other arguments are handed to it as they are."))
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, _) => ServerProgram.RunAsync(new AnTinHostOptions { Args = [.. parsed.UnmatchedTokens] }));
        return command;
    }
}
