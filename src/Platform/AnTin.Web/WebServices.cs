using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using AnTin.Contracts.Platform;
using AnTin.Web.Assets;
using AnTin.Web.Endpoints;
using AnTin.Web.Navigation;
using AnTin.Web.Pages;
using AnTin.Web.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Web;

/// <summary>The assemblies whose Razor pages the portal shows.</summary>
public sealed record PageAssemblies(IReadOnlyList<Assembly> Assemblies);

/// <summary>What the host calls to have the portal's shell: services, then endpoints.</summary>
public static class WebServices
{
    /// <param name="services">The host's services.</param>
    /// <param name="pages">The modules' assemblies.</param>
    public static IServiceCollection AddAnTinWeb(this IServiceCollection services, params IReadOnlyList<Assembly> pages)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton(new PageAssemblies([.. pages.Distinct().Where(a => a != typeof(WebServices).Assembly)]));
        // Vietnamese letters go out as letters, not as six-byte entities.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<AssetStore>();
        services.AddAssets(typeof(WebServices).Assembly);
        services.AddSingleton<NoticeCatalogue>();
        foreach (ErrorText error in SignInEndpoints.Errors)
            services.AddSingleton(error);
        services.AddSingleton<NavigationMenu>();
        services.AddNotice("web.signed-out", "Ông/bà đã đăng xuất.", "You are signed out.");
        return services;
    }

    /// <summary>Serves the assembly's embedded resources named <c>assets/…</c> under /assets.</summary>
    public static IServiceCollection AddAssets(this IServiceCollection services, Assembly assembly) =>
        services.AddSingleton(new AssetSource(assembly));

    public static IServiceCollection AddNotice(this IServiceCollection services, string code, string vi, string en) =>
        services.AddSingleton(new NoticeText(code, new Text(vi, en)));

    public static IServiceCollection AddNavigation(this IServiceCollection services, int order, string href, string vi, string en, params IReadOnlyList<Role> anyOf) =>
        services.AddSingleton(new NavigationItem(order, href, new Text(vi, en), anyOf));

    /// <summary>Puts a component on the /profile page.</summary>
    public static IServiceCollection AddProfileSection<TComponent>(this IServiceCollection services, int order)
        where TComponent : IComponent =>
        services.AddSingleton(new ProfileSection(order, typeof(TComponent)));

    /// <summary>Maps pages, static files, sign-in and the language switch.</summary>
    public static void MapAnTinWeb(this IEndpointRouteBuilder endpoints)
    {
        PageAssemblies pages = endpoints.ServiceProvider.GetRequiredService<PageAssemblies>();
        endpoints.MapRazorComponents<App>()
            .AddAdditionalAssemblies([.. pages.Assemblies])
            .Finally(AnswerOnlyGet);
        endpoints.MapGet("/assets/{address}", (string address, HttpContext http, AssetStore assets) => assets.Serve(http, address)).AllowAnonymous();
        ErrorPages.Map(endpoints);
        SignInEndpoints.Map(endpoints);
        LanguageEndpoint.Map(endpoints);
    }

    // Forms post to the modules' own endpoints, which may share the page's path; a page is only ever read.
    private static void AnswerOnlyGet(EndpointBuilder endpoint)
    {
        foreach (HttpMethodMetadata methods in endpoint.Metadata.OfType<HttpMethodMetadata>().ToList())
            endpoint.Metadata.Remove(methods);
        endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
    }
}
