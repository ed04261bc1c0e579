using AnTin.Platform.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AnTin.Server.Hosting;

/// <summary>Runs a host to its end and says on the console what the person who started it needs to know.</summary>
public static class ServerProgram
{
    private const int Done = 0;

    // EX_SOFTWARE and EX_CONFIG of sysexits.h.
    private const int Broken = 70;
    private const int BadConfiguration = 78;

    public static async Task<int> RunAsync(AnTinHostOptions options)
    {
        try
        {
            await using WebApplication app = AnTinHost.Build(options);
            await app.StartAsync();
            Announce(app);
            await app.WaitForShutdownAsync();
            return await ReportFaultAsync(app);
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync($"antin: {e.Message}");
            return BadConfiguration;
        }
    }

    // A job that cannot go on (a damaged log) stops the host; whoever supervises the process must see that it did not end well.
    private static async Task<int> ReportFaultAsync(WebApplication app)
    {
        Exception? fault = app.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(job => job.ExecuteTask?.Exception?.GetBaseException())
            .FirstOrDefault(exception => exception is not null);
        if (fault is null)
            return Done;
        await Console.Error.WriteLineAsync($"antin: {fault.Message}");
        return Broken;
    }

    private static void Announce(WebApplication app)
    {
        ICollection<string> addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        Console.WriteLine($"AnTin: {string.Join(", ", addresses)}");
        foreach (string line in app.Services.GetRequiredService<DemoLines>().Lines)
            Console.WriteLine(line);
    }
}
