using System.CommandLine;
using AnTin.Contracts.Authority;
using AnTin.Contracts.Platform;
using AnTin.Modules.Authority.Domain;
using AnTin.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AnTin.Cli.Commands;

/// <summary>`antin pki`: a demonstration hierarchy in files, and a server for its CRL, OCSP and time-stamps.</summary>
internal static class PkiCommand
{
    private const string DefaultBaseUrl = "http://127.0.0.1:8888";
    private const int LongestRequest = 64 * 1024;

    public static Command Create(Terminal terminal) => new("pki", terminal.Say(
        "Hệ thống chứng thực mẫu trong một thư mục, để thử nghiệm.", "A demonstration hierarchy in a folder, for trying things out."))
    {
        CreateNew(terminal),
        CreateServe(terminal),
        CreateRevoke(terminal),
    };

    private static Argument<string> Folder(Terminal terminal) => new("DIR")
    {
        Description = terminal.Say("Thư mục của hệ thống chứng thực mẫu.", "The folder of the hierarchy."),
    };

    private static Command CreateNew(Terminal terminal)
    {
        Argument<string> folder = Folder(terminal);
        var baseUrl = new Option<string>("--base-url")
        {
            Description = terminal.Say("Địa chỉ ghi vào mọi chứng thư (CRL, AIA, OCSP).", "The address that goes into every certificate (CRL, AIA, OCSP)."),
            DefaultValueFactory = _ => DefaultBaseUrl,
        };
        var command = new Command("new", terminal.Say(
            "Tạo đủ gốc, CA, OCSP, TSA, hai cán bộ, một con dấu và một CA công cộng.",
            "Makes root, CA, OCSP, TSA, two officers, one seal and a public CA."))
        {
            folder, baseUrl,
        };
        command.SetAction((parsed, ct) => NewAsync(terminal, parsed.GetRequiredValue(folder), parsed.GetRequiredValue(baseUrl), ct));
        return command;
    }

    private static async Task<int> NewAsync(Terminal terminal, string folder, string baseUrl, CancellationToken ct)
    {
        if (!IsHttp(baseUrl, out Uri? address))
            return terminal.Refuse(new Error(CliErrors.OptionValue, "--base-url", baseUrl, "http://HOST:PORT"));
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            return terminal.Refuse(new Error(CliErrors.FolderNotEmpty, folder));
        try
        {
            await HierarchyFolder.CreateAsync(folder, address, terminal.Time.GetUtcNow(), ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.Refuse(new Error(CliErrors.OutputFailed, folder, e.Message));
        }
        await terminal.Out.WriteLineAsync(terminal.Say(
            $"Đã tạo hệ thống chứng thực mẫu trong {folder}. Chạy nó: antin pki serve {folder}",
            $"Made a demonstration hierarchy in {folder}. Serve it: antin pki serve {folder}"));
        return ExitCode.Done;
    }

    private static Command CreateServe(Terminal terminal)
    {
        Argument<string> folder = Folder(terminal);
        var urls = new Option<string?>("--urls") { Description = terminal.Say("Nơi lắng nghe, nếu khác địa chỉ trong chứng thư.", "Where to listen, if not at the base URL.") };
        var command = new Command("serve", terminal.Say("Phục vụ CRL, OCSP và dấu thời gian của thư mục.", "Serves the folder's CRL, OCSP and time-stamps."))
        {
            folder, urls,
        };
        command.SetAction((parsed, ct) => ServeAsync(terminal, parsed.GetRequiredValue(folder), parsed.GetValue(urls), ct));
        return command;
    }

    private static async Task<int> ServeAsync(Terminal terminal, string folder, string? urls, CancellationToken ct)
    {
        if (!Open(folder, terminal.Time).TryGet(out ServedHierarchy? hierarchy, out Error? error))
            return terminal.Refuse(error);
        using (hierarchy)
        {
            string address = urls ?? hierarchy.BaseUrl.GetLeftPart(UriPartial.Authority);
            await using WebApplication app = Build(hierarchy, address, terminal.Time);
            try
            {
                await app.StartAsync(ct);
            }
            catch (Exception e) when (e is IOException or FormatException or InvalidOperationException)
            {
                return terminal.Refuse(new Error(CliErrors.AddressInUse, address, e.Message));
            }
            await terminal.Out.WriteLineAsync(terminal.Say($"Đang phục vụ {folder} tại {address} (Ctrl-C để dừng)", $"Serving {folder} at {address} (Ctrl-C to stop)"));
            await terminal.Out.FlushAsync(ct);
            await app.WaitForShutdownAsync(ct);
            return ExitCode.Done;
        }
    }

    private static WebApplication Build(ServedHierarchy hierarchy, string address, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(AnTinHost).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestRequest;
        });
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IPkiPublication>(hierarchy);
        WebApplication app = builder.Build();
        app.MapPki();
        return app;
    }

    private static Command CreateRevoke(Terminal terminal)
    {
        Argument<string> folder = Folder(terminal);
        var certificate = new Argument<string>("CERT") { Description = terminal.Say("Tên chứng thư trong thư mục, ví dụ officer1.", "Name of a certificate in the folder, for example officer1.") };
        var reason = new Option<string>("--reason")
        {
            Description = terminal.Say("Lý do thu hồi.", "Why it is revoked."),
            DefaultValueFactory = _ => nameof(RevocationReason.KeyCompromise),
        };
        reason.AcceptOnlyFromAmong(Enum.GetNames<RevocationReason>());
        var command = new Command("revoke", terminal.Say("Thu hồi một chứng thư; CRL và OCSP sau đó nói vậy.", "Revokes a certificate; CRL and OCSP then say so."))
        {
            folder, certificate, reason,
        };
        command.SetAction((parsed, _) => Task.FromResult(
            Revoke(terminal, parsed.GetRequiredValue(folder), parsed.GetRequiredValue(certificate), parsed.GetRequiredValue(reason))));
        return command;
    }

    private static int Revoke(Terminal terminal, string folder, string certificate, string reason)
    {
        string file = certificate.EndsWith(".pem", StringComparison.OrdinalIgnoreCase) ? certificate : certificate + ".pem";
        if (Path.GetFileName(file) != file || !File.Exists(Path.Combine(folder, file)))
            return terminal.Refuse(new Error(CliErrors.InputMissing, Path.Combine(folder, file)));
        if (!Open(folder, terminal.Time).TryGet(out ServedHierarchy? hierarchy, out Error? error))
            return terminal.Refuse(error);
        using (hierarchy)
        {
            try
            {
                ServedHierarchy.Revoke(folder, file, Enum.Parse<RevocationReason>(reason), terminal.Time.GetUtcNow());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return terminal.Refuse(new Error(CliErrors.OutputFailed, folder, e.Message));
            }
        }
        return ExitCode.Done;
    }

    private static Result<ServedHierarchy> Open(string folder, TimeProvider time)
    {
        try
        {
            return ServedHierarchy.Open(folder, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return new Error(CliErrors.HierarchyUnreadable, folder, e.Message);
        }
    }

    private static bool IsHttp(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && address.Scheme is ("http" or "https") && address.AbsolutePath == "/" && address.Query.Length == 0;
}
