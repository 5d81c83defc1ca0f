using EduUnion.Host.Mail;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Cases;

// 抄送 by the definition: whom it names is told once the step is decided.
public sealed partial class CaseWork
{
    private static readonly Dictionary<string, PartyRole> Copied = new()
    {
        ["proposer"] = PartyRole.Proposer,
        ["cosigners"] = PartyRole.Cosigner,
        ["applicant"] = PartyRole.Subject,
        ["author"] = PartyRole.Author,
        ["surveyors"] = PartyRole.Surveyor,
    };

    private void Copy(OpenedStep step)
    {
        var roles = step.Payload.CopyRoles.Where(Copied.ContainsKey).Select(r => Copied[r]).ToHashSet();
        if (roles.Count == 0 || TasksOf(step).LastOrDefault() is not { } task)
            return;
        var to = Case.Parties()
            .Where(p => roles.Contains(p.Role) && p.PartyId != Moment.ActorId)
            .Select(p => p.PartyId)
            .Distinct()
            .ToList();
        if (to.Count == 0)
            return;
        _db.AddRange(
            to.Select(member => new CopyRow
            {
                Id = Guid.CreateVersion7(Moment.Now),
                CaseId = Row.Id,
                TaskId = task.Id,
                Step = step.Name,
                MemberId = member,
                At = Moment.Now,
            })
        );
        Happened(new CaseCopied(step.Name, to));
        Tell(
            ExchangeMail.Of(
                (NoticeKind.CaseCopied, NoticeKind.NumberCopied),
                this,
                NoticeRecipients.ToMembers(to),
                "/copies",
                null
            )
        );
    }
}
