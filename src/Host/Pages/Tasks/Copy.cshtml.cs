using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>抄送: whom, and a line to them.</summary>
[Authorize(Policies.Member)]
public sealed class CopyModel(
    CopyCommands commands,
    Access access,
    TaskHeads heads,
    RelationBook colleagues,
    MemberBook members,
    OrganisationBook organisations,
    StepWords steps,
    Texts texts
) : TaskTalkPage(access, heads, colleagues, members, organisations, steps, texts)
{
    public IEnumerable<Field> Fields =>
        [
            new("members", Words["copy.members"], FieldKind.Choices)
            {
                Values = Typed.All("members"),
                Required = true,
                Options = People,
                Error = ErrorAt("members"),
            },
            new("note", Words["copy.note"], FieldKind.LongText) { Value = Typed.One("note"), Error = ErrorAt("note") },
        ];

    protected override bool IsAllowed => Head.MayTell;

    protected override string Told => Words["copy.sent", Typed.All("members").Length];

    protected override Task<Outcome<StepDone>> DoAsync(Asker asker, CancellationToken cancellation) =>
        commands.CopyAsync(
            Id,
            [.. Typed.All("members").Select(m => Guid.TryParse(m, out var member) ? member : Guid.Empty)],
            Typed.One("note"),
            asker,
            cancellation
        );
}
