using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using EduUnion.Host.Attachments;
using EduUnion.Host.Documents;
using EduUnion.Host.People;

namespace EduUnion.Host.Api;

/// <summary>The REST API: JSON, problem details, repeated requests, its description.</summary>
public static class ApiSetup
{
    private const string Root = "/api";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(allowIntegerValues: false));
            // Which of two values of one name was meant nobody can know.
            o.SerializerOptions.AllowDuplicateProperties = false;
        });
        // Thrown in every environment, so that Faults answers them alike.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        OpenApi.Add(services);
        services.AddScoped<TaskDetails>().AddScoped<TaskActs>().AddScoped<CaseRefusals>();
        return services;
    }

    /// <summary>What stands around the API's endpoints; call it before authentication.</summary>
    public static WebApplication UseApiFaults(this WebApplication app)
    {
        app.UseWhen(IsApi, api => api.UseMiddleware<Faults>());
        return app;
    }

    /// <summary>Bodies and keys; call it after authorisation.</summary>
    public static WebApplication UseApiRequests(this WebApplication app)
    {
        app.UseWhen(IsApi, api => api.UseMiddleware<Requests>());
        return app;
    }

    public static WebApplication MapApi(this WebApplication app)
    {
        app.MapGroup(Root)
            .MapAccountEndpoints()
            .MapTaskEndpoints()
            .MapMotionEndpoints()
            .MapFollowUpEndpoints()
            .MapSessionEndpoints()
            .MapCalendarEndpoints()
            .MapDefinitionEndpoints()
            .MapInstanceEndpoints()
            .MapMoveEndpoints()
            .MapDocumentEndpoints()
            .MapStatisticsEndpoints()
            .MapAttachmentEndpoints()
            .MapFundEndpoints()
            .MapPaymentEndpoints()
            .MapAidEndpoints()
            .MapAidActEndpoints()
            .MapMeetingEndpoints()
            .MapObjectionEndpoints()
            .MapAidFileEndpoints()
            .MapVerificationEndpoints()
            .MapAidStatisticsEndpoints()
            .MapDeskEndpoints()
            .MapReturnEndpoints()
            .MapAdminCaseEndpoints()
            .MapExchangeEndpoints()
            .MapDeputyEndpoints();
        OpenApi.Map(app);
        return app;
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments(Root);
}
