using System.Collections.Immutable;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Congresses;
using Microsoft.AspNetCore.Authorization;
using static EduUnion.Domain.People.Office;

namespace EduUnion.Host.People;

/// <summary>
/// Who may open a page or call an endpoint at all (domain §5), asked of the office holdings at each request. Whether
/// the member may see or do something in this one case is the case's own question.
/// </summary>
public static class Policies
{
    /// <summary>Anybody who is signed in.</summary>
    public const string Member = "member";

    /// <summary>A formal representative of a running term.</summary>
    public const string Representative = "representative";

    /// <summary>Secretary, committee, presidium or union chair of a school.</summary>
    public const string MotionOffice = "motion-office";

    /// <summary>Clerk, head or leader in charge of a department.</summary>
    public const string Department = "department";

    /// <summary>Officer or chair of the district.</summary>
    public const string District = "district";

    /// <summary>Who may record parameters and calendars: the district, and the administrator.</summary>
    public const string Settings = "settings";

    /// <summary>Who may look at parameters; who may record them is told by <see cref="Parameters.ParameterScopes"/>.</summary>
    public const string ParametersRead = "parameters-read";

    /// <summary>Reads everything, operates nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Users, definitions, incidents, jobs; sees no case content.</summary>
    public const string Administrator = "administrator";

    /// <summary>Terms, sessions, delegations and representatives: a school's secretary and union chair, the administrator.</summary>
    public const string Congress = "congress";

    /// <summary>Who reads what the schools report of their sessions: the district, and the auditor.</summary>
    public const string SessionReports = "session-reports";

    /// <summary>How much was erased at the end of its time, in counts: the auditor, and the administrator.</summary>
    public const string Retention = "retention";

    /// <summary>Who sees money at all; whose, says <see cref="Funds.FundAccess"/>. The administrator does not.</summary>
    public const string Funds = "funds";

    private static readonly ImmutableDictionary<string, ImmutableArray<Office>> Offices = new Dictionary<
        string,
        ImmutableArray<Office>
    >
    {
        [MotionOffice] = [MotionSecretary, MotionCommittee, MotionCommitteeChair, Presidium, SchoolUnionChair],
        [Department] = [DepartmentClerk, DepartmentHead, SchoolLeader],
        [District] = [DistrictOfficer, DistrictChair],
        [Settings] = [DistrictOfficer, DistrictChair, Office.Administrator],
        [Auditor] = [Office.Auditor],
        [ParametersRead] =
        [
            MotionSecretary,
            MotionCommitteeChair,
            SchoolUnionChair,
            DistrictOfficer,
            DistrictChair,
            Office.Auditor,
            Office.Administrator,
        ],
        [Administrator] = [Office.Administrator],
        [Congress] = [MotionSecretary, SchoolUnionChair, Office.Administrator],
        [SessionReports] = [DistrictOfficer, DistrictChair, Office.Auditor],
        [Retention] = [Office.Auditor, Office.Administrator],
        [Funds] = [Finance, DistrictOfficer, DistrictChair, DistrictViceChair, Office.Auditor, SchoolUnionChair],
    }.ToImmutableDictionary();

    /// <summary>Whether holding the office satisfies a policy of offices, so that links lead only where one may go.</summary>
    public static bool Allows(string policy, Office office) => Offices[policy].Contains(office);

    internal static void Add(IServiceCollection services)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        var policies = services.AddAuthorizationBuilder().SetFallbackPolicy(signedIn).AddPolicy(Member, signedIn);
        policies.AddPolicy(
            Representative,
            p => p.RequireAuthenticatedUser().AddRequirements(new RepresentativeRequirement())
        );
        foreach (var (name, offices) in Offices)
            policies.AddPolicy(name, p => p.RequireAuthenticatedUser().AddRequirements(new OfficeRequirement(offices)));
        services.AddScoped<IAuthorizationHandler, OfficeHandler>();
        services.AddScoped<IAuthorizationHandler, RepresentativeHandler>();
    }

    private sealed record OfficeRequirement(ImmutableArray<Office> AnyOf) : IAuthorizationRequirement;

    private sealed record RepresentativeRequirement : IAuthorizationRequirement;

    private sealed class OfficeHandler(OfficeBook offices, TimeProvider time) : AuthorizationHandler<OfficeRequirement>
    {
        protected override async Task HandleRequirementAsync(
            AuthorizationHandlerContext context,
            OfficeRequirement requirement
        )
        {
            if (context.User.Identity is not { IsAuthenticated: true })
                return;
            var today = ChinaTime.DateOf(time.GetUtcNow());
            var held = await offices.OfAsync(context.User.MemberId(), today, Aborted(context));
            if (held.Any(h => requirement.AnyOf.Contains(h.Office)))
                context.Succeed(requirement);
        }
    }

    private sealed class RepresentativeHandler(CongressBook congresses, TimeProvider time)
        : AuthorizationHandler<RepresentativeRequirement>
    {
        protected override async Task HandleRequirementAsync(
            AuthorizationHandlerContext context,
            RepresentativeRequirement requirement
        )
        {
            if (context.User.Identity is not { IsAuthenticated: true })
                return;
            var today = ChinaTime.DateOf(time.GetUtcNow());
            var schools = await congresses.SchoolsRepresentedAsync(context.User.MemberId(), today, Aborted(context));
            if (schools.Count > 0)
                context.Succeed(requirement);
        }
    }

    private static CancellationToken Aborted(AuthorizationHandlerContext context) =>
        (context.Resource as HttpContext)?.RequestAborted ?? default;
}
