using EduUnion.Domain.Aid;
using EduUnion.Host.Drafts;
using EduUnion.Host.Web.Components;

namespace EduUnion.Host.Pages.Aid.Apply;

/// <summary>One member of the household, on a page of its own. Names of fields are those of a member, without the row.</summary>
public static class MemberForm
{
    public static IEnumerable<Field> Draw(SectionForm form, HouseholdMember? saved) =>
        [
            form.Text("member.name"),
            form.Choice<Kinship>("member.relation"),
            form.Secret("member.identityNumber", saved is null ? "" : Masking.Identity(saved.IdentityNumber)) with
            {
                Required = false,
                When =
                    saved?.IdentityNumber.Length > 0
                        ? form.Texts["aid.masked.when"]
                        : form.Texts["aid.when.identityNumber"],
            },
            form.Choice<Health>("member.health"),
            form.Choice<MemberStatus>("member.status"),
            form.Text("member.place", required: false),
            form.Amount("member.yearlyIncome", required: true),
        ];

    public static Typed TypedOf(HouseholdMember? saved) =>
        saved is null
            ? Typed.Nothing
            : Typed
                .Nothing.With("member.name", saved.Name)
                .With("member.relation", saved.Relation?.ToString() ?? "")
                .With("member.health", saved.Health?.ToString() ?? "")
                .With("member.status", saved.Status?.ToString() ?? "")
                .With("member.place", saved.Place ?? "")
                .With("member.yearlyIncome", saved.YearlyIncome is { } income ? Amounts.Plain(income) : "");

    public static HouseholdMember Read(HouseholdMember? saved, SectionReading read) =>
        new(
            read.Text("member.name"),
            read.Choice<Kinship>("member.relation"),
            IdentityNumber.Normalize(read.Kept("member.identityNumber", saved?.IdentityNumber ?? "")),
            read.Choice<Health>("member.health"),
            read.Choice<MemberStatus>("member.status"),
            read.Said("member.place"),
            read.Amount("member.yearlyIncome"),
            saved?.MemberId
        );

    /// <summary>From a field of the content, <c>members[2].name</c>, to that of the page; null = another row or the list.</summary>
    public static string? At(string? field, int row) =>
        field is not null && field.StartsWith($"members[{row}].", StringComparison.Ordinal)
            ? "member." + field[(field.IndexOf('.') + 1)..]
            : null;
}
