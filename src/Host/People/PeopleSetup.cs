using EduUnion.Host.Persistence;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace EduUnion.Host.People;

/// <summary>Members, offices, accounts, sessions and policies.</summary>
public static class PeopleSetup
{
    public const int ShortestPassword = 10;

    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services
            .AddScoped<MemberBook>()
            .AddScoped<OfficeBook>()
            .AddScoped<Accounts>()
            .AddScoped<DistrictAccounts>()
            .AddScoped<AccountAdministration>()
            .AddScoped<MemberList>()
            .AddScoped<MemberChanges>()
            .AddScoped<MemberImport>()
            .AddScoped<Vacancies>()
            .AddScoped<OfficeChanges>()
            .AddScoped<MemberFrame>();
        services.AddScoped<FrameSource>(s => s.GetRequiredService<MemberFrame>().ForAsync);
        services
            .AddIdentityCore<User>(o =>
            {
                o.Password.RequiredLength = ShortestPassword;
                o.Password.RequiredUniqueChars = 5;
                o.Password.RequireNonAlphanumeric = false;
                o.Lockout.MaxFailedAccessAttempts = Accounts.Tries;
                o.Lockout.DefaultLockoutTimeSpan = Accounts.LockedFor;
            })
            .AddEntityFrameworkStores<EduUnionDb>();
        // In the database: every node reads every cookie, and a restart signs nobody out.
        SealedSignInKeys.Add(services);
        Sessions.Add(services);
        Policies.Add(services);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ApiRefusals>();
        return services;
    }
}
