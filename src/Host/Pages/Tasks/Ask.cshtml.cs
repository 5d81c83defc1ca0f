using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;

namespace EduUnion.Host.Pages.Tasks;

/// <summary>沟通: whom, and what. The task stays where it is.</summary>
[Authorize(Policies.Member)]
public sealed class AskModel(
    QuestionCommands commands,
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
            new("member", Words["ask.member"], FieldKind.Choice)
            {
                Value = Typed.One("member"),
                Required = true,
                Folded = true,
                Options = People,
                Error = ErrorAt("member"),
            },
            new("text", Words["ask.question"], FieldKind.LongText)
            {
                Value = Typed.One("text"),
                Required = true,
                Error = ErrorAt("text"),
            },
        ];

    protected override bool IsAllowed => Head is { MayTell: true, IsOpen: true };

    protected override string Told => Words["ask.done"];

    protected override Task<Outcome<StepDone>> DoAsync(Asker asker, CancellationToken cancellation) =>
        commands.AskAsync(
            Id,
            Guid.TryParse(Typed.One("member"), out var member) ? member : null,
            Typed.One("text"),
            asker,
            cancellation
        );
}
