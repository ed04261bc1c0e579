using System.Net;
using AnTin.TestKit.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Apps.Tests.Walk;

/// <summary>Every endpoint and page as everybody, on objects that are theirs and that are not: refused or let in as the table says, never broken.</summary>
public sealed class WalkTests(WalkedHost walked) : IClassFixture<WalkedHost>
{
    public static TheoryData<string> Keys => [.. WalkTable.Entries.Select(entry => entry.Key)];

    public static TheoryData<string> Forms => [.. WalkTable.Entries.Where(entry => entry.Token).Select(entry => entry.Key)];

    [Fact]
    public void Every_endpoint_is_in_the_table_and_the_table_names_no_other()
    {
        IEnumerable<string> found = walked.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is not ("{*path:nonfile}" or null))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                .Where(method => method != "HEAD")
                .Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}"));

        HashSet<string> endpoints = new(found, StringComparer.OrdinalIgnoreCase);
        HashSet<string> table = new(WalkTable.Entries.Select(entry => entry.Key), StringComparer.OrdinalIgnoreCase);
        Assert.True(endpoints.SetEquals(table),
            $"Not in the table: {string.Join(", ", endpoints.Except(table))}\nNot in the program: {string.Join(", ", table.Except(endpoints))}");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Lets_in_exactly_whom_the_table_names(string key)
    {
        WalkEntry entry = WalkTable.Entries.Single(e => e.Key == key);
        var faults = new List<string>();
        foreach (string? account in (string?[])[null, .. People.Everyone])
        {
            HttpResponseMessage answer = await KnockAsync(entry, account, token: true);
            bool expected = account is null ? entry.Anonymous : entry.Allowed.Contains(account);
            if (answer.StatusCode >= HttpStatusCode.InternalServerError)
                faults.Add($"{account ?? "(anonymous)"}: {(int)answer.StatusCode}");
            else if (IsLetIn(answer, entry) != expected)
                faults.Add($"{account ?? "(anonymous)"}: {(int)answer.StatusCode} {answer.Headers.Location}, expected to be {(expected ? "let in" : "refused")}");
        }
        Assert.True(faults.Count == 0, $"{key}\n{string.Join('\n', faults)}");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_without_its_token_is_refused(string key)
    {
        WalkEntry entry = WalkTable.Entries.Single(e => e.Key == key);

        HttpResponseMessage answer = await KnockAsync(entry, entry.Allowed[0], token: false);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public void Every_post_from_a_page_asks_for_its_token()
    {
        IEnumerable<string> without = WalkTable.Entries
            .Where(entry => entry is { Method: "POST", Token: false } && !entry.Key.StartsWith("POST /api/", StringComparison.Ordinal))
            .Select(entry => entry.Key);

        // Nothing is changed by a verification, and the authority's protocols are spoken by programs.
        // The upload checks its token itself, before it reads the file (a test of Documents).
        Assert.Equal(["POST /documents", "POST /ocsp", "POST /tsa", "POST /verify"], without.Order(StringComparer.Ordinal));
    }

    private async Task<HttpResponseMessage> KnockAsync(WalkEntry entry, string? account, bool token)
    {
        HttpClient client = await walked.ClientAsync(account);
        using var request = new HttpRequestMessage(new HttpMethod(entry.Method), entry.Path(walked));
        request.Headers.Accept.ParseAdd("text/html");
        if (entry.Method == "POST")
        {
            // Multipart suits every form, those with a file included.
            var form = new MultipartFormDataContent { { new StringContent("x"), "nothing" } };
            foreach ((string name, string value) in entry.Form)
                form.Add(new StringContent(value), name);
            if (token && entry.Token)
                form.Add(new StringContent(await TestSignIn.FormTokenAsync(client, "/login")), "__RequestVerificationToken");
            request.Content = form;
        }
        HttpResponseMessage answer = await client.SendAsync(request);
        if (entry.Key == "POST /logout")
            walked.Forget(account);
        return answer;
    }

    // A sign-in page instead of the page asked for, and every status of the kind "not for you" or "no such thing" is a refusal.
    // What is for everybody may still not be there.
    private static bool IsLetIn(HttpResponseMessage answer, WalkEntry entry) => answer.StatusCode switch
    {
        HttpStatusCode.NotFound => entry.Anonymous,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => false,
        HttpStatusCode.Found or HttpStatusCode.SeeOther => !IsRefusal(answer.Headers.Location!.ToString()),
        _ => true,
    };

    private static bool IsRefusal(string location) =>
        location.Contains("/login?ReturnUrl=", StringComparison.Ordinal)
        || location.Contains("error=platform.forbidden", StringComparison.Ordinal)
        || location.Contains(".not-found", StringComparison.Ordinal);
}
