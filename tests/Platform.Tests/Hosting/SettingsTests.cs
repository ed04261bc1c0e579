using AnTin.Platform.Hosting;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Platform.Tests.Hosting;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("AnTin:Databse:Provider", "Sqlite", "AnTin:Databse:Provider is not a known setting")]
    [InlineData("AnTin:Directory:Colour", "red", "AnTin:Directory:Colour is not a known setting")]
    [InlineData("AnTin:Database:Provider", "Oracle", "expected Sqlite or PostgreSql")]
    [InlineData("AnTin:Database:Provider", "7", "expected Sqlite or PostgreSql")]
    [InlineData("AnTin:Database:Provider", "PostgreSql", "ConnectionString is needed")]
    [InlineData("AnTin:Demo", "maybe", "expected true or false")]
    [InlineData("AnTin:Evidence:IntervalMilliseconds", "2000", "a number from 50 to 1000")]
    [InlineData("AnTin:Evidence:Origin", "a b", "a host name")]
    [InlineData("AnTin:TrustedProxies", "10.0.0.1, proxy", "IP addresses")]
    [InlineData("AnTin:PublicUrl", "ftp://x", "http or https")]
    public async Task A_setting_that_cannot_be_obeyed_refuses_the_start(string key, string value, string message)
    {
        SettingsException refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            TestHost.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value }));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AnTin:Demo", "true", "cannot be true in Production")]
    [InlineData("AnTin:Demo", "false", "Evidence:Origin is needed in Production")]
    public async Task Production_wants_no_demonstration_and_a_name_for_its_logs(string key, string value, string message)
    {
        SettingsException refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            TestHost.StartAsync(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { [key] = value }, environment: "Production"));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_with_demonstration_keys_cannot_serve_Production()
    {
        using var folder = new TempFolder();
        Dictionary<string, string?> demo = new(StringComparer.Ordinal) { ["AnTin:Demo"] = "true" };
        await using (await TestHost.StartAsync(modules: [], settings: demo, folder: folder))
        {
        }
        Dictionary<string, string?> production = new(StringComparer.Ordinal) { ["AnTin:Evidence:Origin"] = "antin.example" };
        SettingsException refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            TestHost.StartAsync(modules: [], settings: production, folder: folder, environment: "Production"));
        Assert.Contains("demonstration keys", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_demonstration_is_finished_by_the_next_start_and_then_left_alone()
    {
        using var folder = new TempFolder();
        Dictionary<string, string?> demo = new(StringComparer.Ordinal) { ["AnTin:Demo"] = "true" };
        List<string> ran = [];
        await Assert.ThrowsAsync<TimeoutException>(() => StartAsync(failing: true));
        await using (TestHost second = await StartAsync(failing: false))
            Assert.Equal(["first line", "second line"], second.Services.GetRequiredService<DemoLines>().Lines);
        await using (TestHost third = await StartAsync(failing: false))
            Assert.Equal(["first line", "second line"], third.Services.GetRequiredService<DemoLines>().Lines);
        Assert.Equal(["first", "second", "first", "second"], ran);

        Task<TestHost> StartAsync(bool failing) => TestHost.StartAsync(modules: [], settings: demo, folder: folder, services: services =>
        {
            services.AddScoped<IDemoSeeder>(_ => new Late(ran, failing));
            services.AddScoped<IDemoSeeder>(_ => new Early(ran));
        });
    }

    private sealed class Early(List<string> ran) : IDemoSeeder
    {
        public int Order => 1;

        public Task<IReadOnlyList<string>> SeedAsync(CancellationToken ct)
        {
            ran.Add("first");
            return Task.FromResult<IReadOnlyList<string>>(["first line"]);
        }
    }

    private sealed class Late(List<string> ran, bool failing) : IDemoSeeder
    {
        public int Order => 2;

        public Task<IReadOnlyList<string>> SeedAsync(CancellationToken ct)
        {
            ran.Add("second");
            return failing ? throw new TimeoutException() : Task.FromResult<IReadOnlyList<string>>(["second line"]);
        }
    }
}
