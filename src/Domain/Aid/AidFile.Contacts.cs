using static EduUnion.Domain.Aid.FileState;

namespace EduUnion.Domain.Aid;

// What is done for the person: the leader's contact, visits, aid (domain §3.5, §3.6).
public sealed partial class AidFile
{
    /// <summary>
    /// Names the leader who keeps contact. Refusals: <c>file.wrong-state</c>, at <c>leader</c>:
    /// <c>file.leader-is-holder</c>, <c>file.leader-full</c> (with the maximum), <c>file.leader-same</c>.
    /// </summary>
    /// <param name="filesOfLeader">How many other files he keeps already.</param>
    public Outcome<LeaderNamed> NameLeader(Guid leaderId, int filesOfLeader, DateOnly today)
    {
        if (State == Exited)
            return WrongState;
        if (leaderId == MemberId)
            return Refusal.At("leader", "file.leader-is-holder");
        if (leaderId == LeaderId)
            return Refusal.At("leader", "file.leader-same");
        if (filesOfLeader >= FilesPerLeader)
            return Refusal.At("leader", "file.leader-full", FilesPerLeader);
        EndLeader(today);
        Leaders = Leaders.Add(new FileLeader(leaderId, today));
        return new LeaderNamed(leaderId);
    }

    /// <summary>
    /// The leader's contact. Refusals: <c>file.wrong-state</c>, <c>file.not-leader</c> (403), <c>aid.date-in-future</c> at
    /// <c>on</c>, <c>aid.field-missing</c> at <c>need</c> and <c>action</c>.
    /// </summary>
    public Outcome<LeaderContacted> Contact(LeaderContact contact, DateOnly today)
    {
        if (State == Exited)
            return WrongState;
        if (contact.LeaderId != LeaderId)
            return Refusal.Forbidden("file.not-leader");
        var check = new FieldCheck(complete: true);
        if (contact.On > today)
            check.Add(Refusal.At("on", "aid.date-in-future"));
        check.Text("need", contact.Need, 500);
        check.Text("action", contact.Action, 500);
        if (check.Refusal is { } wrong)
            return wrong;
        Contacts = Contacts.Add(contact);
        return new LeaderContacted(contact);
    }

    /// <summary>
    /// What the leader still owes: two contacts a calendar year, one of them before the Spring Festival.
    /// </summary>
    /// <param name="springFestival">正月初一 of that year.</param>
    public (int Missing, bool BeforeFestivalMissing) ContactsOwed(DateOnly springFestival)
    {
        var made = Contacts.Where(c => c.On.Year == springFestival.Year).ToList();
        return (Math.Max(0, ContactsPerYear - made.Count), made.All(c => c.On >= springFestival));
    }

    /// <summary>
    /// A visit. Refusals: <c>file.wrong-state</c>, at <c>visitors</c>: <c>file.visitors-missing</c> (two at least),
    /// <c>file.visitor-is-holder</c>; <c>aid.date-in-future</c> at <c>on</c>; <c>aid.field-missing</c> at
    /// <c>occasion</c> and <c>note</c>; <c>aid.amount-invalid</c> at <c>gift</c>.
    /// </summary>
    public Outcome<FileVisited> Visit(FileVisit visit, DateOnly today)
    {
        if (State == Exited && ExitedFor != ExitReason.Died)
            return WrongState;
        var check = new FieldCheck(complete: true);
        if (visit.Visitors.Distinct().Count() < 2)
            check.Add(Refusal.At("visitors", "file.visitors-missing", 2));
        if (visit.Visitors.Contains(MemberId))
            check.Add(Refusal.At("visitors", "file.visitor-is-holder"));
        if (visit.On > today)
            check.Add(Refusal.At("on", "aid.date-in-future"));
        check.Text("occasion", visit.Occasion, 100);
        check.Text("note", visit.Note, 1000);
        if (visit.Gift is not null)
            check.Amount("gift", visit.Gift);
        if (check.Refusal is { } wrong)
            return wrong;
        Visits = Visits.Add(visit with { Visitors = [.. visit.Visitors.Distinct()] });
        return new FileVisited(Visits[^1]);
    }

    /// <summary>Aid was paid; the same case twice changes nothing, and one that bounced later is taken out again.</summary>
    public FileAided Aided(FileAid aid)
    {
        if (Aids.All(a => a.CaseId != aid.CaseId))
            Aids = Aids.Add(aid);
        return new FileAided(aid);
    }

    /// <summary>A payment came back late.</summary>
    public void Unaid(Guid caseId) => Aids = [.. Aids.Where(a => a.CaseId != caseId)];
}
