namespace EduUnion.Host.Mail;

/// <summary>
/// To whom a notice goes, as it was known when it was written. Offices and roles are turned into people by the worker,
/// so that a change of office takes effect at once; a person named twice gets one mail.
/// </summary>
/// <param name="Members">Persons by id.</param>
/// <param name="Offices">Whoever holds the office of that organisation on the day of sending.</param>
/// <param name="Roles">Roles of the case, <c>proposer</c>, <c>cosigners</c>, <c>host.head</c> …</param>
public sealed record NoticeRecipients(
    IReadOnlyList<Guid> Members,
    IReadOnlyList<OfficeAddress> Offices,
    IReadOnlyList<string> Roles
)
{
    public static NoticeRecipients ToMembers(params IReadOnlyList<Guid> members) => new(members, [], []);

    public static NoticeRecipients ToOffice(string office, Guid organisation) =>
        new([], [new(office, organisation)], []);

    public static NoticeRecipients ToRoles(params IReadOnlyList<string> roles) => new([], [], roles);

    public NoticeRecipients And(NoticeRecipients more) =>
        new([.. Members, .. more.Members], [.. Offices, .. more.Offices], [.. Roles, .. more.Roles]);

    internal bool IsEmpty => Members.Count + Offices.Count + Roles.Count == 0;
}

/// <summary>An office of one organisation, by the office's stable name and the organisation's id.</summary>
public sealed record OfficeAddress(string Office, Guid Organisation);
