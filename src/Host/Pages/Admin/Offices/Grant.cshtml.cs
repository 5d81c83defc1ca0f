using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.Offices;

/// <summary>Gives an office at one school and its departments, or at the district's office, to one of its members.</summary>
[Authorize(Policies.Administrator)]
public sealed class GrantModel(
    OfficeChanges offices,
    MemberList list,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
) : FormPage(texts)
{
    public Organisation Home { get; private set; } = null!;
    public IReadOnlyList<MemberItem> Members { get; private set; } = [];

    /// <summary>Given with the form, so that a form sent twice gives one office.</summary>
    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    public Guid? Member { get; set; }

    [BindProperty]
    public Office? Office { get; set; }

    [BindProperty]
    public Guid? At { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    [BindProperty]
    public DateOnly? Until { get; set; }

    public IEnumerable<Field> Fields =>
        [
            Choice("member", "offices.member", Member, Members.Select(m => new Choice(m.Id.ToString(), m.Name))),
            Choice(
                "office",
                "offices.office",
                Office,
                Enum.GetValues<Office>()
                    .Where(o => Places.Any(p => p.Kind == Separation.PlaceOf(o)))
                    .Select(o => new Choice(o.ToString(), Words["office." + o]))
            ),
            Choice("at", "offices.place", At, Places.Select(o => new Choice(o.Id.ToString(), o.Name))) with
            {
                Error = ErrorAt("organisation") ?? ErrorAt("at"),
            },
            new("from", Words["offices.from"], FieldKind.Date)
            {
                Value = From is { } from ? Dates.Machine(from) : null,
                Required = true,
                Error = ErrorAt("from"),
            },
            new("until", Words["offices.until"], FieldKind.Date)
            {
                Value = Until is { } until ? Dates.Machine(until) : null,
                Hint = Words["offices.until.hint"],
                Error = ErrorAt("until"),
            },
        ];

    private IEnumerable<Organisation> Places => organisations.Departments(Home.Id).Prepend(Home);

    private DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(Guid organisation, Guid? member, CancellationToken cancellation)
    {
        if (!await LoadAsync(organisation, cancellation))
            return NotFound();
        (Id, Member, At, From) = (Guid.CreateVersion7(time.GetUtcNow()), member, Home.Id, Today);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] Guid organisation, CancellationToken cancellation)
    {
        if (!await LoadAsync(organisation, cancellation))
            return NotFound();
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Member is not { } member || Office is not { } office || At is not { } at || From is not { } from)
            return Again(
                Refusal.Of([
                    .. new (string Name, object? Value)[]
                    {
                        ("member", Member),
                        ("office", Office),
                        ("at", At),
                        ("from", From),
                    }
                        .Where(f => f.Value is null)
                        .Select(f => Refusal.At(f.Name, "form.required")),
                ])!
            );
        var granted = await offices.GrantAsync(Id, new(member, office, at, from, Until), User.MemberId(), cancellation);
        if (!granted.IsOk)
            return Again(
                granted.Refusal.Field == "organisation" ? granted.Refusal with { Field = "at" } : granted.Refusal
            );
        TempData.Say(Words["offices.granted"]);
        return Redirect($"/admin/offices?organisation={Home.Id}&show={(from > Today ? "coming" : "now")}");
    }

    private async Task<bool> LoadAsync(Guid organisation, CancellationToken cancellation)
    {
        if (organisations.Find(organisation) is not { Kind: not OrganisationKind.Department } home)
            return false;
        Home = home;
        Members = await list.AllAsync(new(Organisation: home.Id, State: "active"), Today, cancellation);
        return true;
    }

    private Field Choice(string name, string text, object? value, IEnumerable<Choice> options) =>
        new(name, Words[text], FieldKind.Choice)
        {
            Value = value?.ToString(),
            Required = true,
            Folded = true,
            Options = [.. options],
            Error = ErrorAt(name),
        };
}
