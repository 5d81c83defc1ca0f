using System.Net.Mail;
using EduUnion.Domain;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;

namespace EduUnion.Host.People;

/// <summary>What an administrator records of a member.</summary>
public sealed record MemberDetails(
    Guid OrganisationId,
    string Name,
    string? Email,
    string? Phone,
    MemberKind Kind,
    DateOnly? JoinedOn,
    DateOnly? LeftOn
)
{
    public const int LongestName = 60;
    public const int LongestPhone = 40;
    private const int LongestEmail = 254;

    public static MemberDetails Of(Member member) =>
        new(
            member.OrganisationId,
            member.Name,
            member.Email,
            member.Phone,
            member.Kind,
            member.JoinedOn,
            member.LeftOn
        );

    /// <summary>Without the blanks around; an empty mail address or telephone is none.</summary>
    public MemberDetails Trimmed() => this with { Name = Name.Trim(), Email = Filled(Email), Phone = Filled(Phone) };

    /// <summary>
    /// What can be judged of the form alone. Refusals: <c>form.required</c>, <c>form.too-long</c>,
    /// <c>text.control-characters</c>, <c>member.email-malformed</c>, <c>member.organisation</c> (members belong to a school
    /// or to the district's office), <c>member.reversed</c>.
    /// </summary>
    public Refusal? Check(Organisation? organisation) => Refusal.Of([.. Faults(organisation)]);

    public void WriteTo(Member member)
    {
        member.OrganisationId = OrganisationId;
        member.Name = Name;
        member.Email = Email;
        member.Phone = Phone;
        member.Kind = Kind;
        member.JoinedOn = JoinedOn;
        member.LeftOn = LeftOn;
        member.Version++;
    }

    private IEnumerable<Refusal> Faults(Organisation? organisation)
    {
        if (Name.Length == 0)
            yield return Refusal.At("name", "form.required");
        foreach (
            var (field, text, longest) in new[]
            {
                ("name", Name, LongestName),
                ("email", Email, LongestEmail),
                ("phone", Phone, LongestPhone),
            }
        )
            if (text is null)
                continue;
            else if (text.Length > longest)
                yield return Refusal.At(field, "form.too-long", longest, text.Length);
            else if (text.Any(char.IsControl))
                yield return Refusal.At(field, "text.control-characters");
        // One plain address: "Name <a@b>" is one to the parser, and not to a register.
        if (Email is not null && (!MailAddress.TryCreate(Email, out var parsed) || parsed.Address != Email))
            yield return Refusal.At("email", "member.email-malformed");
        if (organisation?.Kind is null or OrganisationKind.Department)
            yield return Refusal.At("organisation", "member.organisation");
        if (LeftOn <= JoinedOn)
            yield return Refusal.At("leftOn", "member.reversed");
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
