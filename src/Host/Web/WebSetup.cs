using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EduUnion.Host.Web;

/// <summary>The site: words, frame, static files, security headers, error pages.</summary>
public static class WebSetup
{
    public static IServiceCollection AddEduUnionWeb(this IServiceCollection services)
    {
        services.AddSingleton<Texts>();
        services.AddSingleton<StepWords>();
        services.AddSingleton<TaskWords>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<FrameSource>(_ => _ => ValueTask.FromResult(Frame.Guest));
        // Chinese stays readable in the page source and small on the wire.
        services.AddWebEncoders(o =>
            o.TextEncoderSettings = new System.Text.Encodings.Web.TextEncoderSettings(
                System.Text.Unicode.UnicodeRanges.All
            )
        );
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(365));
        services.AddRouting(o => o.LowercaseUrls = true);
        services.AddRazorPages();
        return services;
    }

    /// <summary>Everything before authentication; call it first.</summary>
    public static WebApplication UseEduUnionWeb(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.Use(SecurityHeaders.Add);
        app.UseRequestLocalization(Language.Options());
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            app.UseExceptionHandler("/error/500");
        }
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseMiddleware<DatabaseAway>();
        app.Use(NoPagesForApi);
        app.Use(Language.Switch);
        return app;
    }

    /// <summary>Static files and Razor Pages; call it after authorisation.</summary>
    public static WebApplication MapEduUnionWeb(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        return app;
    }

    /// <summary>The API answers with problem details, not with pages.</summary>
    private static Task NoPagesForApi(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/api") && http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            pages.Enabled = false;
        return next(http);
    }
}
