using EduUnion.Host.People;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Drafts;

public static class DraftEndpoints
{
    /// <summary>Longer than the longest answer with everything around it.</summary>
    private const int Largest = 512 * 1024;

    public static IServiceCollection AddDrafts(this IServiceCollection services) => services.AddScoped<DraftBook>();

    /// <summary><c>POST /drafts/{form}</c>: what js/drafts.js sends while one types.</summary>
    public static WebApplication MapDraftEndpoints(this WebApplication app)
    {
        app.MapPost($"/drafts/{{form:regex(^[a-z0-9-]+$):maxlength({DraftBook.LongestName})}}", SaveAsync)
            .RequireAuthorization(Policies.Member)
            .WithMetadata(new RequestSizeLimitAttribute(Largest))
            .ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> SaveAsync(
        string form,
        HttpContext http,
        DraftBook drafts,
        IAntiforgery antiforgery,
        CancellationToken cancellation
    )
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
            return TypedResults.BadRequest();
        var typed = Typed.Of(await http.Request.ReadFormAsync(cancellation));
        await drafts.SaveAsync(http.User.MemberId(), form, typed, cancellation);
        return TypedResults.NoContent();
    }
}
