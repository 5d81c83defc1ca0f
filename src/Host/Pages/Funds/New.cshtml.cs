using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Funds;
using EduUnion.Domain.People;
using EduUnion.Host.Funds;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Funds;

/// <summary>Opens a fund of a year.</summary>
[Authorize(Policies.Funds)]
public sealed class NewModel(
    FundAccess access,
    FundBook book,
    FundCommands commands,
    OrganisationBook organisations,
    Texts texts,
    TimeProvider time
) : FundPage(access, book, texts)
{
    /// <summary>Given with the form, so that a form sent twice opens one fund.</summary>
    [BindProperty]
    public Guid NewId { get; set; }

    [BindProperty]
    public Guid? Organisation { get; set; }

    [BindProperty]
    public int? Year { get; set; }

    [BindProperty]
    public FundKind? Kind { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    public IEnumerable<Field> Fields =>
        [
            new("name", Words["funds.name"])
            {
                Value = Name,
                Required = true,
                Hint = Words["funds.name.hint"],
                Error = ErrorAt("name"),
            },
            new("kind", Words["funds.kind"], FieldKind.Choice)
            {
                Value = Kind?.ToString(),
                Required = true,
                Options =
                [
                    .. Enum.GetValues<FundKind>().Select(k => new Choice(k.ToString(), Words["funds.kind." + k])),
                ],
                Error = ErrorAt("kind"),
            },
            new("organisation", Words["funds.organisation"], FieldKind.Choice)
            {
                Value = Organisation?.ToString(),
                Required = true,
                Folded = true,
                Options = [.. Sight.Owners.Select(o => new Choice(o.ToString(), organisations.Find(o)?.Name ?? ""))],
                Error = ErrorAt("organisation"),
            },
            new("year", Words["funds.yearOf"], FieldKind.Number)
            {
                Value = $"{Year}",
                Required = true,
                Error = ErrorAt("year"),
            },
            new("code", Words["funds.code"])
            {
                Value = Code,
                Required = true,
                Hint = Words["funds.code.hint"],
                Error = ErrorAt("code"),
            },
        ];

    protected override string? LabelOf(string field) => Fields.FirstOrDefault(f => f.Name == field)?.Label;

    private Refusal? Missing() =>
        Refusal.Of([
            .. new[]
            {
                (Name: "name", Empty: string.IsNullOrWhiteSpace(Name)),
                (Name: "kind", Empty: Kind is null),
                (Name: "code", Empty: string.IsNullOrWhiteSpace(Code)),
            }
                .Where(f => f.Empty)
                .Select(f => Refusal.At(f.Name, "form.required")),
        ]);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (!IsOfficer)
            return Forbid();
        NewId = Guid.CreateVersion7(time.GetUtcNow());
        Year = ChinaTime.DateOf(time.GetUtcNow()).Year;
        Organisation = Sight.Held.First(h => h.Office == Office.DistrictOfficer).Organisation;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await LookAsync(cancellation);
        if (!IsOfficer)
            return Forbid();
        if (Missing() is { } missing)
            return Again(missing);
        if (Unreadable() is { } unreadable)
            return Again(unreadable);
        if (Organisation is not { } owner)
            return Again(Refusal.At("organisation", "form.required"));
        var opened = await commands.OpenAsync(NewId, new(owner, Year ?? 0, Kind!.Value, Code, Name), By, cancellation);
        if (!opened.IsOk)
            return Again(opened.Refusal);
        TempData.Say(Words["funds.opened"], Words["funds.opened.text"]);
        return Redirect($"/funds/{NewId}");
    }
}
