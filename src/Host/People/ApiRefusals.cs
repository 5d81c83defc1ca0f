using EduUnion.Domain;
using EduUnion.Host.Api;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace EduUnion.Host.People;

/// <summary>
/// A client of the API that may not come in gets 401 or 403 as problem details with <c>auth.required</c> or
/// <c>auth.forbidden</c>; a page leads to the sign-in instead.
/// </summary>
internal sealed class ApiRefusals(Texts texts) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _pages = new();

    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (authorizeResult.Succeeded || !context.Request.Path.StartsWithSegments("/api"))
            return _pages.HandleAsync(next, context, policy, authorizeResult);
        if (authorizeResult.Forbidden)
            return Problems
                .Of(texts, StatusCodes.Status403Forbidden, new Refusal("auth.forbidden"))
                .ExecuteAsync(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems
            .Of(texts, StatusCodes.Status401Unauthorized, new Refusal("auth.required"))
            .ExecuteAsync(context);
    }
}
