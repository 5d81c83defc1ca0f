using EduUnion.Host.Mail;
using EduUnion.Host.Organisations;

namespace EduUnion.Host.Cases;

/// <summary>
/// Notices about what people say around a task: of a motion its title, of everything confidential its number and nothing
/// else; what was written stands behind the link only.
/// </summary>
public sealed class ExchangeMail(OrganisationBook organisations)
{
    /// <summary>None where a confidential case has no number yet by which it could be named.</summary>
    public IEnumerable<Notice> Of(
        (NoticeKind Plain, NoticeKind Confidential) kind,
        CaseWork work,
        NoticeRecipients to,
        string link
    ) => Of(kind, work, to, link, organisations);

    internal static IEnumerable<Notice> Of(
        (NoticeKind Plain, NoticeKind Confidential) kind,
        CaseWork work,
        NoticeRecipients to,
        string link,
        OrganisationBook? organisations
    )
    {
        var args = new Dictionary<string, string>();
        var row = work.Row;
        if (!work.Case.IsConfidential)
            args["title"] = row.Title;
        else if (row.Number is { } number)
            args["case"] = number;
        else
            yield break;
        if (organisations?.Find(row.SchoolId) is { } school)
        {
            args["organisation"] = school.Name;
            if (school.Phone is { } phone)
                args["phone"] = phone;
        }
        var (plain, confidential) = kind;
        yield return Notice.Of(
            work.Case.IsConfidential ? confidential : plain,
            row.Id,
            to,
            args,
            link,
            work.Moment.Now
        );
    }
}
