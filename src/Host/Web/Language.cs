using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.WebUtilities;

namespace EduUnion.Host.Web;

/// <summary>
/// Chinese unless the person asked for English: <c>?lang=en</c> on any page sets a cookie and leads back to the same
/// page. The browser's own wish is not asked: shared office computers often claim English. A client of the API says it
/// with <c>Accept-Language</c>.
/// </summary>
public static class Language
{
    private const string Cookie = "lang";

    public static RequestLocalizationOptions Options()
    {
        var options = new RequestLocalizationOptions
        {
            RequestCultureProviders =
            [
                new CustomRequestCultureProvider(http =>
                    Task.FromResult(Known(http.Request.Cookies[Cookie]) is { } l ? new ProviderCultureResult(l) : null)
                ),
                new CustomRequestCultureProvider(http => Task.FromResult(Accepted(http.Request))),
            ],
        };
        var languages = Texts.Languages.ToArray();
        return options
            .SetDefaultCulture(Texts.Chinese)
            .AddSupportedCultures(languages)
            .AddSupportedUICultures(languages);
    }

    /// <summary>Answers <c>GET …?lang=…</c> with the cookie and a redirect to the same address without it.</summary>
    public static async Task Switch(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || Known(http.Request.Query[Cookie]) is not { } language)
        {
            await next(http);
            return;
        }
        http.Response.Cookies.Append(
            Cookie,
            language,
            new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
                MaxAge = TimeSpan.FromDays(365),
            }
        );
        http.Response.Redirect(Address(http.Request, null));
    }

    /// <summary>The address of the present page in the other language.</summary>
    public static string Other(HttpRequest request) => Address(request, IsEnglish ? Texts.Chinese : Texts.English);

    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == Texts.English;

    /// <summary>For the lang attribute.</summary>
    public static string Current => IsEnglish ? Texts.English : Texts.Chinese;

    private static ProviderCultureResult? Accepted(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments("/api"))
            return null;
        var wishes = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1);
        return wishes.Select(l => OfTag(l.Value.Value)).FirstOrDefault(l => l is not null) is { } language
            ? new ProviderCultureResult(language)
            : null;
    }

    /// <summary>zh-TW is answered in zh-CN, en-GB in en; other languages wish nothing we have.</summary>
    private static string? OfTag(string? tag) =>
        Texts.Languages.FirstOrDefault(l =>
            tag?.Split('-')[0].Equals(l[..2], StringComparison.OrdinalIgnoreCase) == true
        );

    private static string? Known(string? language) => Texts.Languages.FirstOrDefault(l => l == language);

    private static string Address(HttpRequest request, string? language)
    {
        // An error page is shown at the address that was asked for, and that one is kept.
        var asked = request.HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        var values = asked is null
            ? request.Query
            : new QueryCollection(QueryHelpers.ParseQuery(asked.OriginalQueryString));
        var query = new QueryBuilder(
            values.Where(q => q.Key != Cookie).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v!))
        );
        if (language is not null)
            query.Add(Cookie, language);
        PathString path = asked is null
            ? request.PathBase + request.Path
            : asked.OriginalPathBase + new PathString(asked.OriginalPath);
        // One leading slash only: "//host" would lead to another site.
        return "/" + path.ToUriComponent().TrimStart('/', '\\') + query.ToQueryString();
    }
}
