using System.Collections.Immutable;
using System.Globalization;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>本人情况.</summary>
public sealed record PersonSection() : FormSection("person", "person.")
{
    public override ImmutableArray<string> Secrets => ["person.identityNumber"];

    public override IEnumerable<Field> Draw(SectionForm form, AidContent saved) =>
        [
            form.Text("person.name", autocomplete: "name"),
            form.Secret("person.identityNumber", Masking.Identity(saved.Person.IdentityNumber)),
            form.Choice<MemberKind>("person.status"),
            form.Text("person.post"),
            form.Text("person.phone", autocomplete: "tel"),
            form.Choice<Health>("person.health"),
            form.Text("person.disability", required: false) with
            {
                When = form.Texts["aid.when.disability"],
            },
            form.Choice<Marital>("person.marital"),
            form.Choice<Insurance>("person.insurance"),
            form.Text("person.address", required: false),
            form.Choice<Housing>("person.housing", required: false),
            form.Number("person.housingArea"),
        ];

    public override Typed TypedOf(AidContent saved) =>
        Typed
            .Nothing.With("person.name", saved.Person.Name)
            .With("person.status", Text(saved.Person.Status))
            .With("person.post", saved.Person.Post ?? "")
            .With("person.phone", saved.Person.Phone ?? "")
            .With("person.health", Text(saved.Person.Health))
            .With("person.disability", saved.Person.Disability ?? "")
            .With("person.marital", Text(saved.Person.Marital))
            .With("person.insurance", Text(saved.Person.Insurance))
            .With("person.address", saved.Person.Address ?? "")
            .With("person.housing", Text(saved.Person.Housing))
            .With("person.housingArea", saved.Person.HousingArea?.ToString(CultureInfo.InvariantCulture) ?? "");

    public override AidContent Into(AidContent saved, SectionReading read) =>
        saved with
        {
            Person = new AidPerson(
                read.Text("person.name"),
                IdentityNumber.Normalize(read.Kept("person.identityNumber", saved.Person.IdentityNumber)),
                read.Choice<MemberKind>("person.status"),
                read.Said("person.post"),
                read.Said("person.phone"),
                read.Choice<Health>("person.health"),
                read.Said("person.disability"),
                read.Choice<Marital>("person.marital"),
                read.Choice<Insurance>("person.insurance"),
                read.Said("person.address"),
                read.Choice<Housing>("person.housing"),
                read.Number("person.housingArea")
            ),
        };

    private static string Text<T>(T? value)
        where T : struct, Enum => value?.ToString() ?? "";
}
