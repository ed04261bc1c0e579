using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AnTin.Web.Pages;

/// <summary>Answers a request with a component as a whole page: for forms whose result is shown and not kept.</summary>
public static class PageResult
{
    /// <param name="values">The component's parameters by name; null values are left out.</param>
    public static RazorComponentResult<PageHost> Of<TPage>(int statusCode = StatusCodes.Status200OK, params (string Name, object? Value)[] values)
        where TPage : IComponent =>
        Of(typeof(TPage), statusCode, values);

    internal static RazorComponentResult<PageHost> Of(Type page, int statusCode, (string Name, object? Value)[] values) =>
        new(new Dictionary<string, object?>
        {
            [nameof(PageHost.Component)] = page,
            [nameof(PageHost.Values)] = values.Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!, StringComparer.Ordinal),
        })
        {
            StatusCode = statusCode,
        };
}
