using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Admin.People;

/// <summary>What the pages that add and change a member have in common.</summary>
public abstract class MemberForm(OrganisationBook organisations, Texts texts) : FormPage(texts)
{
    [BindProperty]
    public Guid? Organisation { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Phone { get; set; }

    [BindProperty]
    public MemberKind? Kind { get; set; }

    [BindProperty]
    public DateOnly? JoinedOn { get; set; }

    [BindProperty]
    public DateOnly? LeftOn { get; set; }

    public IEnumerable<Field> Fields =>
        [
            new("name", Words["people.name"])
            {
                Value = Name,
                Required = true,
                Error = ErrorAt("name"),
            },
            new("organisation", Words["people.organisation"], FieldKind.Choice)
            {
                Value = Organisation?.ToString(),
                Required = true,
                Folded = true,
                Options =
                [
                    .. organisations
                        .All()
                        .Where(o => o.Kind != OrganisationKind.Department)
                        .Select(o => new Choice(o.Id.ToString(), o.Name)),
                ],
                Error = ErrorAt("organisation"),
            },
            new("kind", Words["people.kind"], FieldKind.Choice)
            {
                Value = (Kind ?? MemberKind.Established).ToString(),
                Required = true,
                Options =
                [
                    .. Enum.GetValues<MemberKind>().Select(k => new Choice(k.ToString(), Words["memberkind." + k])),
                ],
                Error = ErrorAt("kind"),
            },
            new("email", Words["people.email"])
            {
                Value = Email,
                Hint = Words["people.email.hint"],
                Error = ErrorAt("email"),
            },
            new("phone", Words["people.phone"]) { Value = Phone, Error = ErrorAt("phone") },
            new("joinedOn", Words["people.joined"], FieldKind.Date)
            {
                Value = JoinedOn is { } joined ? Dates.Machine(joined) : null,
                Error = ErrorAt("joinedOn"),
            },
            new("leftOn", Words["people.left"], FieldKind.Date)
            {
                Value = LeftOn is { } left ? Dates.Machine(left) : null,
                Hint = Words["people.left.hint"],
                Error = ErrorAt("leftOn"),
            },
        ];

    protected MemberDetails Typed() =>
        new(Organisation ?? Guid.Empty, Name ?? "", Email, Phone, Kind ?? MemberKind.Established, JoinedOn, LeftOn);
}
