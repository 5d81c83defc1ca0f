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
    /// <summary>Everybody who belongs to these organisations on the day of sending.</summary>
    public IReadOnlyList<Guid> Staff { get; init; } = [];

    /// <summary>Who is told nothing though an office or an organisation is named: whoever must stand aside (回避).</summary>
    public IReadOnlyList<Guid> Except { get; init; } = [];

    public static NoticeRecipients ToMembers(params IReadOnlyList<Guid> members) => new(members, [], []);

    public static NoticeRecipients ToOffice(string office, Guid organisation) =>
        new([], [new(office, organisation)], []);

    public static NoticeRecipients ToRoles(params IReadOnlyList<string> roles) => new([], [], roles);

    public static NoticeRecipients ToStaff(Guid organisation) => new([], [], []) { Staff = [organisation] };

    public NoticeRecipients And(NoticeRecipients more) =>
        new([.. Members, .. more.Members], [.. Offices, .. more.Offices], [.. Roles, .. more.Roles])
        {
            Staff = [.. Staff, .. more.Staff],
            Except = [.. Except, .. more.Except],
        };

    public NoticeRecipients Without(params IReadOnlyCollection<Guid> members) =>
        this with
        {
            Except = [.. Except, .. members],
        };

    internal bool IsEmpty => Members.Count + Offices.Count + Roles.Count + Staff.Count == 0;
}

/// <summary>An office of one organisation, by the office's stable name and the organisation's id.</summary>
public sealed record OfficeAddress(string Office, Guid Organisation);
