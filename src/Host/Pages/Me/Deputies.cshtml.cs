using EduUnion.Domain;
using EduUnion.Host.Cases;
using EduUnion.Host.Deputies;
using EduUnion.Host.Drafts;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Relations;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Me;

/// <summary>委托代理: who acts for me, for whom I act, and a form that names a deputy.</summary>
[Authorize(Policies.Member)]
public sealed class DeputiesModel(
    Access access,
    DeputyBook book,
    DeputyChanges changes,
    RelationBook colleagues,
    MemberBook members,
    OrganisationBook organisations,
    Texts texts
) : FormPage(texts)
{
    private IReadOnlyList<Choice> _people = [];
    private DateOnly _today;

    /// <summary>Part of a name, by which members of other schools are found.</summary>
    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    public Typed Typed { get; private set; } = Typed.Nothing;

    public IReadOnlyList<DeputyLine> Named { get; private set; } = [];

    public IReadOnlyList<DeputyLine> Naming { get; private set; } = [];

    public string Key => Typed.One("key") ?? Guid.NewGuid().ToString();

    public IEnumerable<Field> Fields =>
        [
            new("deputyId", Words["deputies.deputy"], FieldKind.Choice)
            {
                Value = Typed.One("deputyId"),
                Required = true,
                Folded = true,
                Options = _people,
                Error = ErrorAt("deputyId"),
            },
            Day("from", Typed.One("from") ?? Dates.Machine(_today)),
            Day("until", Typed.One("until")),
            new("kinds", Words["deputies.kinds"], FieldKind.Choices)
            {
                Values = Typed.All("kinds"),
                Hint = Words["deputies.kinds.hint"],
                Options = [.. Deputy.AllKinds.Select(k => new Choice(k, Words["deputies.kind." + k]))],
                Error = ErrorAt("kinds"),
            },
            new("confidential", Words["deputies.confidential"], FieldKind.Tick)
            {
                Value = Typed.One("confidential"),
                Hint = Words["deputies.confidential.hint"],
                Error = ErrorAt("confidential"),
            },
        ];

    public bool IsOver(DeputyLine line) => line.RevokedAt is not null || line.Until < _today;

    public Tag StateOf(DeputyLine line) =>
        line.RevokedAt is { } revoked ? new Tag(Words["deputies.revoked", Dates.Instant(revoked)])
        : line.Until < _today ? new Tag(Words["deputies.over"])
        : line.From > _today ? new Tag(Words["deputies.planned"], Status.Wait)
        : new Tag(Words["deputies.inForce"], Status.Done);

    public string Scope(DeputyLine line) =>
        string.Join(Words["clock.separator"], line.Kinds.Select(k => Words["deputies.kind." + k]));

    public async Task OnGetAsync(CancellationToken cancellation) => await LoadAsync(cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Typed = Typed.Of(Request.Form);
        var chosen = Guid.TryParse(Typed.One("deputyId"), out var deputy);
        var begun = DateOnly.TryParse(Typed.One("from"), out var from);
        var ended = DateOnly.TryParse(Typed.One("until"), out var until);
        if (
            Refusal.Of([
                .. chosen ? [] : new[] { Refusal.At("deputyId", "form.required") },
                .. begun ? [] : new[] { Refusal.At("from", "form.required") },
                .. ended ? [] : new[] { Refusal.At("until", "form.required") },
            ]) is
            { } missing
        )
            return Again(missing);
        var request = new NewDeputy(deputy, from, until, [.. Typed.All("kinds")], Typed.One("confidential") == "true");
        var done = await changes.NameAsync(request, HttpContext.Asker(Typed), cancellation);
        if (!done.IsOk)
            return Again(done.Refusal);
        TempData.Say(Words["deputies.named", (await members.FindAsync(deputy, cancellation))!.Name]);
        return Redirect("/me/deputies");
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid deputy, CancellationToken cancellation)
    {
        var done = await changes.RevokeAsync(deputy, new Asker(User.MemberId()), cancellation);
        if (!done.IsOk)
            return NotFound();
        TempData.Say(Words["deputies.revoke.done"]);
        return Redirect("/me/deputies");
    }

    private Field Day(string name, string? value) =>
        new(name, Words["deputies." + name], FieldKind.Date)
        {
            Value = value,
            Required = true,
            Error = ErrorAt(name),
        };

    private async Task LoadAsync(CancellationToken cancellation)
    {
        var viewer = await access.ViewerAsync(User.MemberId(), cancellation);
        _today = viewer.Today;
        Named = await book.NamedByAsync(viewer.MemberId, cancellation);
        Naming = await book.NamingAsync(viewer.MemberId, cancellation);
        var home = (await members.FindAsync(viewer.MemberId, cancellation))!.OrganisationId;
        List<Guid> schools = [.. new[] { organisations.SchoolOf(home)?.Id }.OfType<Guid>()];
        _people =
        [
            .. (await colleagues.ColleaguesAsync(schools, Search, viewer.Today, cancellation))
                .Where(c => c.Id != viewer.MemberId)
                .Select(c => new Choice(c.Id.ToString(), $"{c.Name}　{organisations.Find(c.OrganisationId)?.Name}")),
        ];
    }
}
