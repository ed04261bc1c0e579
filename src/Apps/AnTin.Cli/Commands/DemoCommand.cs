using System.CommandLine;
using AnTin.Cli.Demo;
using AnTin.Cli.Files;
using AnTin.Contracts.Platform;
using AnTin.Pdf;

namespace AnTin.Cli.Commands;

/// <summary>`antin demo`: the whole flow on the caller's own PDF, in this process, every artefact left in a folder.</summary>
internal static class DemoCommand
{
    public static Command Create(Terminal terminal)
    {
        var input = new Argument<string>("FILE.pdf") { Description = terminal.Say("Tệp PDF của bạn; không bị thay đổi.", "Your PDF; it is not changed.") };
        var output = new Option<string>("--output", "-o") { Required = true, Description = terminal.Say("Thư mục nhận kết quả.", "The folder that takes the results.") };
        var command = new Command("demo", terminal.Say(
            "Chạy trọn quy trình trên tệp của bạn: chứng thư, ký nháy, ký, cấp số, đóng dấu, kiểm tra, bằng chứng, số liệu.",
            "Runs the whole flow on your file: certificates, initial, signature, number, seal, verification, evidence, figure."))
        {
            input, output,
        };
        command.SetAction((parsed, ct) => RunAsync(terminal, parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), ct));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, string input, string folder, CancellationToken ct)
    {
        if (!InputFile.OpenSource(input).TryGet(out FileSource? source, out Error? missing))
            return terminal.Refuse(missing);
        source.Dispose();
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (OutputFile.IsWriteFailure(e))
        {
            return terminal.Refuse(OutputFile.Failed(folder, e));
        }
        await using DemoOffice office = await DemoOffice.OpenAsync(terminal, ct);
        Result done = await new DemoFlow(terminal, office, input, folder).RunAsync(ct);
        if (done.IsSuccess)
            return ExitCode.Done;
        if (CliErrors.IsKnown(done.Error.Code))
            return terminal.Refuse(done.Error);
        await terminal.Error.WriteLineAsync($"antin: {input}: {office.Describe(done.Error).ReplaceLineEndings(" ")}");
        return ExitCode.BadInput;
    }
}
