using AnTin.Contracts.Platform;
using AnTin.Contracts.Validation;
using AnTin.Modules.Validation.Domain;
using AnTin.Modules.Validation.Features;
using AnTin.Platform.Modules;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Validation;

/// <summary>Verification of any file by anybody. Page: /verify. API: POST /api/v1/validations.</summary>
public sealed class ValidationModule : IModule
{
    public string Name => "Validation";

    public void ConfigureServices(IServiceCollection services, IConfigurationSection configuration)
    {
        var options = ValidationOptions.From(configuration);
        services.AddSingleton(options);
        services.AddSingleton<UploadReader>();
        services.AddSingleton<ConcurrencyGate>();
        services.AddSingleton<ParsedTrust>();
        services.AddScoped<IDocumentValidator, TrustedValidator>();
        services.AddScoped<VerifyFile>();
        services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy(VerifyFile.RateLimit, http => VerifyFile.Limit(http, options)));
    }

    public void ConfigureModel(ModelBuilder model)
    {
        // Nothing is kept: files and verdicts are gone when the answer is sent.
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => VerifyFile.Map(endpoints);

    public IEnumerable<ErrorText> Errors => ValidationErrors.Texts;

    public IEnumerable<string> OptionKeys => ValidationOptions.Keys;
}
