using System.Globalization;
using System.Security.Claims;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace EduUnion.Host.People;

/// <summary>
/// How a signed-in person stays so: a cookie for pages (one hour idle, twelve hours at most), a protected token for
/// the API (twelve hours). Both are checked against the account at every request, so leaving the union or a changed
/// password ends them at once.
/// </summary>
public static class Sessions
{
    public const string Cookie = "session";
    public const string Bearer = "bearer";
    public const string SignInPath = "/sign-in";

    private const string Either = "cookie-or-bearer";
    private const string BeganKey = "began";
    private const string BearerPrefix = "Bearer ";

    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    internal static void Add(IServiceCollection services)
    {
        services
            .AddAuthentication(Either)
            // The page that says that the database is away asks nobody who he is: the cookie would be looked up in it.
            .AddPolicyScheme(
                Either,
                null,
                o => o.ForwardDefaultSelector = http => HasToken(http) || !DatabaseAway.IsThere(http) ? Bearer : Cookie
            )
            .AddCookie(
                Cookie,
                o =>
                {
                    o.Cookie.Name = "eduunion";
                    o.Cookie.HttpOnly = true;
                    o.Cookie.IsEssential = true;
                    // Lax and not Strict: a link in a mail must open the case, not the door.
                    o.Cookie.SameSite = SameSiteMode.Lax;
                    o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    o.ExpireTimeSpan = Idle;
                    o.SlidingExpiration = true;
                    o.LoginPath = SignInPath;
                    o.ReturnUrlParameter = "returnUrl";
                    o.Events.OnValidatePrincipal = ValidateCookieAsync;
                    o.Events.OnRedirectToAccessDenied = context =>
                    {
                        context.Response.StatusCode = StatusCodes.Status403Forbidden;
                        return Task.CompletedTask;
                    };
                }
            )
            .AddBearerToken(
                Bearer,
                o =>
                {
                    o.BearerTokenExpiration = Longest;
                    o.Events.OnMessageReceived = ValidateTokenAsync;
                }
            );
    }

    /// <summary>Opens a session in the browser.</summary>
    public static Task SignInAsync(HttpContext http, ClaimsPrincipal principal)
    {
        var began = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties();
        properties.Items[BeganKey] = began.ToString("O", CultureInfo.InvariantCulture);
        return http.SignInAsync(Cookie, principal, properties);
    }

    public static Task SignOutAsync(HttpContext http) => http.SignOutAsync(Cookie);

    /// <summary>A token for <c>Authorization: Bearer</c>; nothing is stored, the account's stamp ends it.</summary>
    public static string Token(HttpContext http, ClaimsPrincipal principal)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var properties = new AuthenticationProperties { ExpiresUtc = now + Longest };
        return Protector(http).Protect(new AuthenticationTicket(principal, properties, $"{Bearer}:AccessToken"));
    }

    private static async Task ValidateCookieAsync(CookieValidatePrincipalContext context)
    {
        // A page brings a dozen style sheets, which anybody may read: no query for each of them.
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            return;
        var time = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>();
        var began = DateTimeOffset.Parse(context.Properties.Items[BeganKey]!, CultureInfo.InvariantCulture);
        if (time.GetUtcNow() - began >= Longest || !await StandsAsync(context.HttpContext, context.Principal!))
        {
            context.RejectPrincipal();
            await SignOutAsync(context.HttpContext);
        }
    }

    /// <summary>The handler itself knows signature and expiry; what became of the account since is asked here.</summary>
    private static async Task ValidateTokenAsync(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var ticket = HasToken(context.HttpContext)
            ? Protector(context.HttpContext).Unprotect(header[BearerPrefix.Length..])
            : null;
        if (ticket is not null && !await StandsAsync(context.HttpContext, ticket.Principal))
            context.Fail("The account has changed since the token was given.");
    }

    private static Task<bool> StandsAsync(HttpContext http, ClaimsPrincipal principal) =>
        http.RequestServices.GetRequiredService<Accounts>().StandsAsync(principal, http.RequestAborted);

    private static ISecureDataFormat<AuthenticationTicket> Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>().Get(Bearer).BearerTokenProtector;

    private static bool HasToken(HttpContext http) =>
        http.Request.Headers.Authorization.ToString().StartsWith(BearerPrefix, StringComparison.Ordinal);
}
