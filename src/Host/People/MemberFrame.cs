using EduUnion.Domain.Calendar;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Seeds;
using EduUnion.Host.Statistics;
using EduUnion.Host.Web;

namespace EduUnion.Host.People;

/// <summary>What the layout shows to the member who is signed in.</summary>
internal sealed class MemberFrame(MemberBook members, Access access, OrganisationBook organisations, Texts texts)
{
    public async ValueTask<Frame> ForAsync(HttpContext http)
    {
        if (http.User.Identity is not { IsAuthenticated: true })
            return Frame.Guest;
        var id = http.User.MemberId();
        var member = (await members.FindAsync(id, http.RequestAborted))!;
        var viewer = await access.ViewerAsync(id, http.RequestAborted);
        var held = viewer.Offices;
        var home = organisations.Find(member.OrganisationId);
        return new Frame
        {
            Organisation = home?.Name ?? "",
            MemberName = member.Name,
            Role = held.Count == 0 ? null : texts[$"office.{held[0].Office}"],
            MemberKey = id.ToString("N"),
            Demo = organisations.Find(DemoDistrict.DistrictId) is not null,
            Contact = home?.Phone,
            Nav =
            [
                new("nav.desk", "/"),
                new("nav.motions", "/motions"),
                new("nav.aid", "/aid"),
                .. held.Any(h => Policies.Allows(Policies.MotionOffice, h.Office))
                    ? [new NavItem("nav.review", "/review")]
                    : Nothing,
                .. held.Any(h => Policies.Allows(Policies.Settings, h.Office))
                    ? [new NavItem("nav.admin", "/admin")]
                    : Nothing,
                .. held.Any(h => h.Office is Office.MotionSecretary or Office.SchoolUnionChair)
                    ? [new NavItem("nav.congress", "/congress")]
                    : Nothing,
                .. held.Any(h => Policies.Allows(Policies.SessionReports, h.Office))
                    ? [new NavItem("nav.reports", "/congress/reports")]
                    : Nothing,
                .. held.Any(h => Policies.Allows(Policies.Department, h.Office))
                    ? [new NavItem("nav.department", "/department")]
                    : Nothing,
                .. held.Any(h => h.Office is Office.AidCommittee or Office.SchoolUnionChair)
                    ? [new NavItem("nav.assessment", "/assessment")]
                    : Nothing,
                .. held.Any(h =>
                    h.Office
                        is Office.SchoolUnionChair
                            or Office.DistrictOfficer
                            or Office.DistrictChair
                            or Office.Auditor
                )
                    ? [new NavItem("nav.files", "/aid/files")]
                    : Nothing,
                .. StatisticsScopes.MayRead(viewer) ? [new NavItem("nav.statistics", "/statistics")] : Nothing,
                .. held.Any(h => Policies.Allows(Policies.Funds, h.Office))
                    ? [new NavItem("nav.funds", "/funds"), new NavItem("nav.payments", "/payments")]
                    : Nothing,
            ],
        };
    }

    private static readonly NavItem[] Nothing = [];
}
