using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using Microsoft.AspNetCore.Authorization;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>催办: who is asked, when he last was, one button.</summary>
[Authorize(Policies.Member)]
public sealed class UrgeModel(
    UrgeCommands commands,
    Access access,
    TaskHeads heads,
    RelationBook colleagues,
    MemberBook members,
    OrganisationBook organisations,
    StepWords steps,
    Texts texts
) : TaskTalkPage(access, heads, colleagues, members, organisations, steps, texts)
{
    protected override bool IsAllowed => Head.MayUrge;

    protected override string Told => Words["urge.done"];

    protected override Task<Outcome<StepDone>> DoAsync(Asker asker, CancellationToken cancellation) =>
        commands.UrgeAsync(Id, asker, cancellation);
}
