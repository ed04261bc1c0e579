using AnTin.Contracts.Documents;
using AnTin.Contracts.Platform;
using AnTin.Modules.Documents.Domain;
using AnTin.Modules.Documents.Features;
using AnTin.Modules.Documents.Features.Signing;
using AnTin.Modules.Documents.Pages;
using AnTin.Modules.Documents.Persistence;
using AnTin.Platform.Hosting;
using AnTin.Platform.Modules;
using AnTin.Web;
using AnTin.Web.Navigation;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AnTin.Modules.Documents;

/// <summary>Outgoing documents: upload, freeze, initial, sign, number and seal; the registers. Pages: /documents, /register.</summary>
public sealed class DocumentsModule : IModule
{
    public string Name => "Documents";

    public void ConfigureServices(IServiceCollection services, IConfigurationSection configuration)
    {
        services.AddSingleton(DocumentsOptions.From(configuration));
        services.AddSingleton<Gates>();

        // Files, people, places
        services.AddScoped<StoredFiles>();
        services.AddScoped<DocumentAccess>();
        services.AddScoped<FileInspection>();
        services.AddScoped<PictureReader>();

        // The flow, in its order
        services.AddScoped<UploadDocument>();
        services.AddScoped<PlaceFields>();
        services.AddScoped<FreezeDocument>();
        services.AddScoped<CredentialChoice>();
        services.AddScoped<SignatureAppearances>();
        services.AddScoped<TimestampClient>();
        services.AddScoped<SigningPreparation>();
        services.AddScoped<SigningCompletion>();
        services.AddScoped<SigningAct>();
        services.AddScoped<InitialDocument>();
        services.AddScoped<SignDocument>();
        services.AddScoped<RegisterNumbers>();
        services.AddScoped<SealDocument>();
        services.AddScoped<ReturnDocument>();
        services.AddScoped<RegisterPaper>();
        services.AddScoped<OpenFile>();
        services.AddScoped<KeepPicture>();
        services.AddScoped<IDocumentFlow, DocumentFlow>();
        services.AddHostedService<UnfinishedSignatures>();

        // Pages
        services.AddScoped<DocumentLists>();
        services.AddScoped<DocumentDetailsReader>();
        services.AddScoped<RegisterLists>();
        services.AddSingleton<PagePictures>();
        services.AddScoped<IWorkItems, MyWork>();
        services.AddAssets(typeof(DocumentsModule).Assembly);
        services.AddProfileSection<PictureSection>(100);
        services.AddNavigation(100, "/documents", "Văn bản đi", "Outgoing documents");
        services.AddNavigation(200, "/register", "Sổ văn bản đi", "Register", Role.Clerk, Role.Leader, Role.Inspector, Role.Chairman);
        DocumentNotices.AddTo(services);

        services.AddScoped<IDemoSeeder, DemoPictures>();
    }

    public void ConfigureModel(ModelBuilder model) => DocumentsModel.Configure(model);

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        UploadEndpoint.Map(endpoints, endpoints.ServiceProvider.GetRequiredService<DocumentsOptions>());
        PlaceFields.Map(endpoints);
        PagePictures.Map(endpoints);
        FreezeDocument.Map(endpoints);
        InitialDocument.Map(endpoints);
        SignDocument.Map(endpoints);
        SealDocument.Map(endpoints);
        ReturnDocument.Map(endpoints);
        RegisterPaper.Map(endpoints);
        OpenFile.Map(endpoints);
        KeepPicture.Map(endpoints);
    }

    public IEnumerable<ErrorText> Errors => DocumentErrors.Texts;

    public IEnumerable<string> CrashPoints => [FreezeDocument.CrashPoint, .. SigningCrashPoints.All];

    public IEnumerable<string> OptionKeys => DocumentsOptions.Keys;
}
