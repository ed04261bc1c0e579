using System.Net;
using System.Text.RegularExpressions;

namespace AnTin.TestKit.Hosting;

/// <summary>Signs in as a browser does: through the page's form, with its token.</summary>
public static partial class TestSignIn
{
    public const string DemoPassword = "AnTin-demo-2026";

    /// <summary>A client that holds the account's cookie; redirects are not followed.</summary>
    /// <exception cref="InvalidOperationException">The account could not sign in.</exception>
    public static async Task<HttpClient> SignInAsync(this TestHost host, string account, string password = DemoPassword)
    {
        HttpClient client = host.CreateClient();
        HttpResponseMessage answer = await client.PostFormAsync("/login", "/login",
            new KeyValuePair<string, string>("userName", account), new KeyValuePair<string, string>("password", password));
        if (answer.StatusCode == HttpStatusCode.SeeOther && answer.Headers.Location?.ToString() == "/")
            return client;
        client.Dispose();
        throw new InvalidOperationException($"{account} could not sign in: {(int)answer.StatusCode} {answer.Headers.Location}");
    }

    /// <summary>Posts a form of a page, with the token that the page carries.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string page, string action, params IEnumerable<KeyValuePair<string, string>> fields)
    {
        string token = await client.FormTokenAsync(page);
        using var form = new FormUrlEncodedContent(fields.Append(new KeyValuePair<string, string>("__RequestVerificationToken", token)));
        return await client.PostAsync(action, form);
    }

    /// <summary>The antiforgery token of a page's forms.</summary>
    public static async Task<string> FormTokenAsync(this HttpClient client, string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.Accept.ParseAdd("text/html");
        HttpResponseMessage answer = await client.SendAsync(request);
        Match token = Token().Match(await answer.Content.ReadAsStringAsync());
        return token.Success ? token.Groups["value"].Value : throw new InvalidOperationException($"{page} ({(int)answer.StatusCode}) has no form.");
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="(?<value>[^"]+)""")]
    private static partial Regex Token();
}
