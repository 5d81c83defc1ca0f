using System.Text.Json.Nodes;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace EduUnion.Host.Api;

/// <summary>The API's description at <c>/openapi/v1.json</c> and its page at <c>/api/docs</c>.</summary>
internal static class OpenApi
{
    private const string Scheme = "bearer";

    /// <summary>The page brings its scripts and styles itself and inline; from elsewhere it gets nothing.</summary>
    private static readonly ContentPolicy PagePolicy = new(
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    );

    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(People.TokenRequest)] = """{"userName":"daibiao1","password":"…"}""",
        [typeof(DecideRequest)] = """{"outcome":"return","comment":"请补充案由中的数据。","form":{},"version":1}""",
        [typeof(MotionRequest)] =
            """{"sessionId":"0198c0de-0000-7000-8000-000000000001","title":"改善教师午休场所","category":"welfare","grounds":"目前各办公室平均九人合用，没有固定午休位置……","proposals":["利用闲置房间设置教师午休室。"]}""",
        [typeof(InvitationsRequest)] = """{"memberIds":["0198c0de-0000-7000-8000-000000000002"]}""",
        [typeof(ExtensionAskedRequest)] = """{"workdays":10,"reason":"施工招标推迟。"}""",
    };

    public static void Add(IServiceCollection services) =>
        services.AddOpenApi(o =>
        {
            o.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info = new OpenApiInfo
                    {
                        Title = "EduUnion",
                        Version = "v1",
                        Description =
                            "Approvals of education unions. Errors are problem details (RFC 9457) with a stable `code`; 422 has "
                            + "`errors` by field. Every POST but the sign-in takes an `Idempotency-Key`: the same key and body "
                            + "get the first answer for seven days. Lists are paged: give `next` as `after`. Words are Chinese "
                            + "unless `Accept-Language` or the cookie `lang` says `en`.",
                    };
                    document.Components ??= new OpenApiComponents();
                    document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                    {
                        [Scheme] = new OpenApiSecurityScheme
                        {
                            Type = SecuritySchemeType.Http,
                            Scheme = "bearer",
                            Description = "The accessToken of POST /api/auth/token; good for twelve hours.",
                        },
                    };
                    return Task.CompletedTask;
                }
            );
            o.AddOperationTransformer(
                (operation, context, _) =>
                {
                    var metadata = context.Description.ActionDescriptor.EndpointMetadata;
                    if (metadata.OfType<IAllowAnonymous>().Any())
                        return Task.CompletedTask;
                    operation.Security =
                    [
                        new OpenApiSecurityRequirement
                        {
                            [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [],
                        },
                    ];
                    operation.Responses ??= [];
                    operation.Responses["401"] = new OpenApiResponse { Description = "Not signed in" };
                    if (context.Description.HttpMethod == HttpMethods.Post)
                        (operation.Parameters ??= []).Add(
                            new OpenApiParameter
                            {
                                Name = "Idempotency-Key",
                                In = ParameterLocation.Header,
                                Description = "1 to 200 printable ASCII characters, chosen by the client.",
                                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
                            }
                        );
                    return Task.CompletedTask;
                }
            );
            o.AddSchemaTransformer(
                (schema, context, _) =>
                {
                    if (Examples.TryGetValue(context.JsonTypeInfo.Type, out var example))
                        schema.Examples = [JsonNode.Parse(example)!];
                    return Task.CompletedTask;
                }
            );
        });

    public static void Map(WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference(
                "/api/docs",
                o =>
                {
                    o.Title = "EduUnion API";
                    o.DisableDefaultFonts();
                    o.DisableTelemetry();
                    o.DisableAgent();
                    o.DisableMcp();
                    o.HideDeveloperTools();
                    o.AddPreferredSecuritySchemes(Scheme);
                }
            )
            .AllowAnonymous()
            .WithMetadata(PagePolicy);
    }
}
