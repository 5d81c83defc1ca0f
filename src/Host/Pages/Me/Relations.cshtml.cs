using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Me;

/// <summary>
/// A member declares his relations to colleagues; a school's union chair keeps those of the school, the district's officer
/// those of all.
/// </summary>
[Authorize(Policies.Member)]
public sealed class RelationsModel(
    Access access,
    MemberBook members,
    RelationBook book,
    RelationChanges changes,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
) : FormPage(texts)
{
    private Viewer _viewer = null!;
    private IReadOnlyList<Colleague> _colleagues = [];

    /// <summary>The list that a chair or the district's officer keeps, in place of one's own.</summary>
    [FromQuery]
    public bool School { get; init; }

    /// <summary>Part of a name, by which members of other schools are found.</summary>
    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    /// <summary>Given with the form, so that a form sent twice declares once.</summary>
    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid? Member { get; set; }

    [BindProperty]
    public Guid? Other { get; set; }

    [BindProperty]
    public Relation? Kind { get; set; }

    public IReadOnlyList<RelationLine> Lines { get; private set; } = [];

    public bool IsChair => Schools.Count > 0;

    public bool IsDistrict => _viewer.At(Office.DistrictOfficer).Count > 0;

    private IReadOnlyList<Guid> Schools =>
        IsDistrict
            ? [.. organisations.All().Where(o => o.Kind == OrganisationKind.School).Select(o => o.Id)]
            : _viewer.At(Office.SchoolUnionChair);

    public IReadOnlyList<Tab> Tabs =>
        [
            new(Words["relations.mine"], "/me/relations", !School),
            new(Words[IsDistrict ? "relations.district" : "relations.school"], "/me/relations?school=true", School),
        ];

    public string Address => School ? "/me/relations?school=true" : "/me/relations";

    public IEnumerable<Field> Fields =>
        [
            .. School ? [People("member", "relations.member", Member)] : Array.Empty<Field>(),
            People("other", "relations.other", Other),
            new("kind", Words["relations.kind"], FieldKind.Choice)
            {
                Value = Kind?.ToString(),
                Required = true,
                Options = [.. Enum.GetNames<Relation>().Select(k => new Choice(k, Words["relation." + k]))],
                Error = ErrorAt("kind"),
            },
        ];

    /// <summary>The one of the two whose page it is not.</summary>
    public string Opposite(RelationLine line) => line.MemberId == _viewer.MemberId ? line.Other : line.Member;

    public bool MayEnd(RelationLine line) =>
        School && line.EndedAt is null && line.MemberId != _viewer.MemberId && line.OtherId != _viewer.MemberId;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        Id = Guid.CreateVersion7(time.GetUtcNow());
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        Guid? whose = School ? Member : _viewer.MemberId;
        if (whose is not { } member || Other is not { } other || Kind is not { } kind || !Enum.IsDefined(kind))
            return Again(
                Refusal.Of([
                    .. whose is null ? [Refusal.At("member", "form.required")] : Array.Empty<Refusal>(),
                    .. Other is null ? [Refusal.At("other", "form.required")] : Array.Empty<Refusal>(),
                    .. Kind is null ? [Refusal.At("kind", "form.required")] : Array.Empty<Refusal>(),
                ]) ?? Refusal.At("kind", "form.unreadable")
            );
        var declared = await changes.DeclareAsync(Id, member, other, kind, _viewer, cancellation);
        if (!declared.IsOk)
            return Again(declared.Refusal);
        var name = (await members.FindAsync(other, cancellation))!.Name;
        TempData.Say(Words["relations.declare.done", name]);
        return Redirect(Address);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid relation, CancellationToken cancellation)
    {
        if (!await LoadAsync(cancellation))
            return StatusCode(StatusCodes.Status403Forbidden);
        var ended = await changes.EndAsync(relation, _viewer, cancellation);
        if (!ended.IsOk)
            return Again(ended.Refusal);
        TempData.Say(Words["relations.end.done"]);
        return Redirect(Address);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellation)
    {
        _viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        if (School && !IsChair)
            return false;
        Lines = School
            ? await book.OfSchoolsAsync(Schools, cancellation)
            : await book.OfAsync(_viewer.MemberId, cancellation);
        var home = await members.FindAsync(_viewer.MemberId, cancellation);
        var schools = School ? Schools : [.. new[] { organisations.SchoolOf(home!.OrganisationId)?.Id }.OfType<Guid>()];
        _colleagues = await book.ColleaguesAsync(schools, Search, _viewer.Today, cancellation);
        return true;
    }

    private Field People(string name, string label, Guid? value) =>
        new(name, Words[label], FieldKind.Choice)
        {
            Value = value?.ToString(),
            Required = true,
            Folded = true,
            Error = ErrorAt(name),
            Options =
            [
                .. _colleagues
                    .Where(c => School || c.Id != _viewer.MemberId)
                    .Select(c => new Choice(
                        c.Id.ToString(),
                        $"{c.Name}　{organisations.Find(c.OrganisationId)?.Name}"
                    )),
            ],
        };
}
