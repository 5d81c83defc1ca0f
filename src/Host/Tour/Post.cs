using EduUnion.Domain.Calendar;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace EduUnion.Host.Tour;

/// <summary>Every mail that left about a case, held against the list that is written of it.</summary>
public sealed class Post(Stage stage, Town town)
{
    /// <summary>
    /// The whole post of a case, in order: <c>2026-03-10 N7.host → 总务处经办、总务处负责人</c>, dated by the legal date on
    /// which it left. A mail more or less breaks the scenario, as does one without its file or with personal data.
    /// </summary>
    /// <param name="neverIn">What stands in the case and must not be in any mail.</param>
    public async Task ExpectAsync(Guid caseId, string[] neverIn, params string[] expected)
    {
        var mails = await MailsOfAsync(caseId);
        List<string> left =
        [
            .. mails
                .GroupBy(m => (m.On, m.Notice.Id, m.Notice.Kind))
                .Select(g => $"{g.Key.On:yyyy-MM-dd} {g.Key.Kind} → {Roles(g.Select(m => m.Mail.MemberId))}")
                .Order(StringComparer.Ordinal),
        ];
        // Mails of one instant have no order among themselves.
        Stage.ExpectAll("mails", expected.Order(StringComparer.Ordinal), left);
        foreach (var (mail, notice, _) in mails)
        {
            Stage.Expect($"state of {notice.Kind}", true, mail.State is MailState.Sent or MailState.Digested);
            if (mail.State == MailState.Sent)
                await ExpectFileAsync(mail);
            foreach (var word in town.People.Select(p => p.Name).Concat(neverIn))
                Stage.Expect($"{word} in {notice.Kind}", false, Tells(mail, word));
        }
    }

    private async Task<List<(OutgoingMail Mail, Notice Notice, DateOnly On)>> MailsOfAsync(Guid caseId) =>
        await stage.WithAsync<EduUnionDb, List<(OutgoingMail, Notice, DateOnly)>>(async db =>
        {
            var pairs = await (
                from notice in db.Set<Notice>().AsNoTracking()
                join mail in db.Set<OutgoingMail>().AsNoTracking() on notice.Id equals mail.NoticeId
                where notice.CaseId == caseId
                orderby mail.CreatedAt, notice.At, notice.Id
                select new { mail, notice }
            ).ToListAsync();
            // A reminder told in the digest leaves in the run that has made it.
            return [.. pairs.Select(p => (p.mail, p.notice, ChinaTime.DateOf(p.mail.SentAt ?? p.mail.CreatedAt)))];
        });

    private string Roles(IEnumerable<Guid> members) =>
        string.Join('、', town.People.Where(p => members.Contains(p.Id)).Select(p => p.Role));

    private async Task ExpectFileAsync(OutgoingMail mail)
    {
        var file = Path.Combine(stage.MailDirectory, mail.MessageId.Trim('<', '>').Split('@')[0] + ".eml");
        if (!File.Exists(file))
            throw new ScenarioBroken($"The mail {mail.Subject} has no file {file}");
        using var message = await MimeMessage.LoadAsync(file);
        Stage.Expect("subject in the file", mail.Subject, message.Subject);
        Stage.Expect("addressee in the file", mail.Address, message.To.Mailboxes.Single().Address);
    }

    private static bool Tells(OutgoingMail mail, string word) =>
        new[] { mail.Subject, mail.Text, mail.Html, mail.Ics ?? "" }.Any(part =>
            part.Contains(word, StringComparison.OrdinalIgnoreCase)
        );
}
