using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AnTin.Modules.Documents.Domain;
using AnTin.TestKit;
using AnTin.TestKit.Hosting;
using Microsoft.EntityFrameworkCore;

namespace AnTin.Modules.Tests.Documents;

/// <summary>The module's addresses as a browser meets them.</summary>
public sealed class PortalTests(Hosts hosts)
{
    private static readonly byte[] SignaturePicture = File.ReadAllBytes(Repository.PathOf("src", "Modules", "Documents", "Demo", "giamdoc.png"));

    [Fact]
    public async Task The_form_uploads_a_file_and_leads_to_its_places()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        using HttpClient drafter = await host.Host.SignInAsync("soanthao");

        HttpResponseMessage answer = await UploadAsync(host, drafter, Samples.Decision);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        string place = answer.Headers.Location!.ToString();
        Assert.Matches("^/documents/[0-9a-f-]{36}/place\\?notice=documents\\.uploaded$", place);
        string page = await drafter.GetStringAsync(place);
        Assert.Contains("data-box=\"signature\"", page, StringComparison.Ordinal);
        Assert.Contains("QUYẾT ĐỊNH", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_upload_comes_back_to_the_form_with_what_was_typed()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        using HttpClient drafter = await host.Host.SignInAsync("soanthao");

        HttpResponseMessage answer = await UploadAsync(host, drafter, Encoding.UTF8.GetBytes("không phải PDF"), title: "Về việc họp giao ban");

        string form = answer.Headers.Location!.ToString();
        Assert.StartsWith("/documents/new?", form, StringComparison.Ordinal);
        Assert.Contains("error=documents.not-pdf", form, StringComparison.Ordinal);
        string page = await drafter.GetStringAsync(form);
        Assert.Contains("Về việc họp giao ban", page, StringComparison.Ordinal);
        Assert.Contains("Tệp này không phải PDF", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_without_the_forms_token_is_refused_before_the_file_is_read()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        using HttpClient drafter = await host.Host.SignInAsync("soanthao");
        int before = await host.DbAsync(db => db.Set<OutgoingDocument>().CountAsync());

        HttpResponseMessage answer = await UploadAsync(host, drafter, Samples.Decision, token: "gia-mao");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, await host.DbAsync(db => db.Set<OutgoingDocument>().CountAsync()));
    }

    [Fact]
    public async Task Nothing_of_a_document_is_shown_to_those_outside()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAndSignAsync();
        using HttpClient foreigner = await host.Host.SignInAsync("soanthao2");
        using HttpClient nobody = host.Host.CreateClient();

        foreach (string part in (string[])["", "/file", "/evidence", "/place", "/read", "/page/1"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(foreigner, $"/documents/{id}{part}")).StatusCode);
            Assert.NotEqual(HttpStatusCode.OK, (await GetAsync(nobody, $"/documents/{id}{part}")).StatusCode);
        }
        foreach (string act in (string[])["freeze", "initial", "sign", "seal", "return"])
        {
            HttpResponseMessage answer = await foreigner.PostFormAsync("/documents", $"/documents/{id}/{act}",
                new KeyValuePair<string, string>("pin", DocumentsHost.Pin), new KeyValuePair<string, string>("reason", "x"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("thanhtra")]
    [InlineData("chutich")]
    public async Task Those_who_supervise_the_province_see_it_and_can_do_nothing(string supervisor)
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAndSignAsync();
        using HttpClient client = await host.Host.SignInAsync(supervisor);

        HttpResponseMessage page = await GetAsync(client, $"/documents/{id}");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("name=\"pin\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(client, $"/documents/{id}/evidence")).StatusCode);
    }

    [Fact]
    public async Task The_whole_flow_runs_through_the_forms()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id;
        using (HttpClient drafter = await host.Host.SignInAsync("soanthao"))
        {
            HttpResponseMessage uploaded = await UploadAsync(host, drafter, Samples.Decision);
            id = Guid.Parse(uploaded.Headers.Location!.ToString().Split('/')[2]);
            await ActAsync(drafter, id, "freeze", "documents.frozen");
        }
        foreach ((string who, string act, string notice) in ((string, string, string)[])[
            ("truongphong", "initial", "documents.initialled"), ("giamdoc", "sign", "documents.signed"), ("vanthu", "seal", "documents.issued")])
        {
            using HttpClient client = await host.Host.SignInAsync(who);
            string work = await client.GetStringAsync("/");
            Assert.Contains($"/documents/{id}", work, StringComparison.Ordinal);
            string page = await client.GetStringAsync($"/documents/{id}");
            Assert.Contains("name=\"pin\"", page, StringComparison.Ordinal);
            await ActAsync(client, id, act, notice);
        }
        using HttpClient reader = await host.Host.SignInAsync("soanthao");

        HttpResponseMessage file = await GetAsync(reader, $"/documents/{id}/file");

        Assert.Equal("application/pdf", file.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Matches("^[0-9]+-QD-SXD_", file.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal("nosniff", file.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(file.Headers.CacheControl is { Private: true, NoCache: true });
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/documents/{id}/file");
        again.Headers.IfNoneMatch.Add(file.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await reader.SendAsync(again)).StatusCode);
        Assert.Contains("Đã niêm phong", await EventuallyAsync(reader, $"/documents/{id}/evidence", "Đã niêm phong"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clerk_registers_paper_and_everyone_entitled_reads_the_register()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        using HttpClient clerk = await host.Host.SignInAsync("vanthu");

        HttpResponseMessage taken = await clerk.PostFormAsync("/register", "/register/paper",
            new("organisation", host.Organisation("H99.05").ToString()), new("kind", "thong-bao"), new("title", "Lịch trực tết bản giấy"),
            new("signer", "Phạm Quốc Bảo"), new("request", Guid.CreateVersion7().ToString()));

        Assert.Contains("notice=documents.paper-registered", taken.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Lịch trực tết bản giấy", await clerk.GetStringAsync("/register"), StringComparison.Ordinal);
        using HttpClient chairman = await host.Host.SignInAsync("chutich");
        Assert.Contains("Lịch trực tết bản giấy", await chairman.GetStringAsync("/register?org=H99.05"), StringComparison.Ordinal);
        using HttpClient foreigner = await host.Host.SignInAsync("vanthu2");
        Assert.DoesNotContain("Lịch trực tết bản giấy", await foreigner.GetStringAsync("/register?org=H99.05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_picture_is_a_small_transparent_png()
    {
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        using HttpClient leader = await host.Host.SignInAsync("phogiamdoc");

        Assert.Contains("notice=documents.picture-kept", await PictureAsync(leader, SignaturePicture), StringComparison.Ordinal);
        Assert.Equal(SignaturePicture, await leader.GetByteArrayAsync("/profile/signature-picture"));
        Assert.Contains("error=documents.picture-not-png", await PictureAsync(leader, Samples.Decision), StringComparison.Ordinal);
        Assert.Contains("error=documents.picture-too-large", await PictureAsync(leader, [.. SignaturePicture, .. new byte[520 * 1024]]), StringComparison.Ordinal);
        Assert.Contains("error=documents.picture-missing", await PictureAsync(leader, []), StringComparison.Ordinal);
        Assert.Equal(SignaturePicture, await leader.GetByteArrayAsync("/profile/signature-picture"));
    }

    [Fact]
    public async Task Pages_are_drawn_apart_and_a_page_that_is_not_there_is_not_found()
    {
        Assert.SkipUnless(OutsideTool.Exists("pdftoppm"), "pdftoppm is not installed");
        DocumentsHost host = await hosts.GetAsync(StoreKind.Sqlite);
        Guid id = await host.UploadAsync(Samples.Decision);
        using HttpClient drafter = await host.Host.SignInAsync("soanthao");

        HttpResponseMessage picture = await GetAsync(drafter, $"/documents/{id}/page/1");

        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.ToString());
        Assert.InRange((await picture.Content.ReadAsByteArrayAsync()).Length, 5_000, 45_000);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(drafter, $"/documents/{id}/page/2")).StatusCode);
    }

    private static async Task<string> PictureAsync(HttpClient client, byte[] picture)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await client.FormTokenAsync("/profile")), "__RequestVerificationToken" },
            { new ByteArrayContent(picture), "picture", "chu-ky.png" },
        };
        HttpResponseMessage answer = await client.PostAsync("/profile/signature-picture", form);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<HttpResponseMessage> UploadAsync(
        DocumentsHost host, HttpClient client, byte[] file, string title = "Ban hành Quy chế sử dụng phòng họp trực tuyến", string? token = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token ?? await client.FormTokenAsync("/documents/new")), "__RequestVerificationToken" },
            { new StringContent(host.Organisation("H99.05").ToString()), "organisation" },
            { new StringContent("quyet-dinh"), "kind" },
            { new StringContent(title), "title" },
            { new StringContent(host.Person("truongphong").ToString()), "initialler" },
            { new StringContent(host.Person("giamdoc").ToString()), "signer" },
            { new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } }, "file", "Quyết định.pdf" },
        };
        return await client.PostAsync("/documents", form);
    }

    private static async Task ActAsync(HttpClient client, Guid id, string act, string notice)
    {
        HttpResponseMessage answer = await client.PostFormAsync($"/documents/{id}{(act == "freeze" ? "/place" : "")}", $"/documents/{id}/{act}",
            new KeyValuePair<string, string>("pin", DocumentsHost.Pin));
        Assert.Equal($"/documents/{id}?notice={notice}", answer.Headers.Location?.ToString());
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await client.SendAsync(request);
    }

    /// <summary>The page once it says so: the sequencer publishes within a moment after the act.</summary>
    private static async Task<string> EventuallyAsync(HttpClient client, string path, string text)
    {
        string page = "";
        for (int i = 0; i < 100 && !page.Contains(text, StringComparison.Ordinal); i++)
        {
            await Task.Delay(100);
            page = await client.GetStringAsync(path);
        }
        return page;
    }
}
