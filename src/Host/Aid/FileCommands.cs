using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.Organisations;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.People;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>
/// What is done with a hardship file beside its cases (domain §3.5): leader, contacts, visits, another school, retirement,
/// the end. Each act is one commit on the file's row. Whoever may not know of the file: <c>file.unknown</c> (404); whoever
/// reads but does not keep it: <c>file.not-yours</c> (403). Those of the aggregate come as they are.
/// </summary>
public sealed class FileCommands(
    EduUnionDb db,
    RequestBook requests,
    AidFiles files,
    FileViews views,
    AidLifeCommands life,
    CaseSteps steps,
    OrganisationBook organisations,
    TimeProvider time
)
{
    /// <summary>Refusals: <c>form.choice-unknown</c> at <c>leader</c>: not a member of the school or the district.</summary>
    public async Task<Outcome<LeaderNamed>> NameLeaderAsync(
        Guid id,
        Guid leader,
        Viewer viewer,
        CancellationToken cancellation,
        Asker? asker = null
    )
    {
        return await KeepAsync(
            id,
            viewer,
            async file =>
                await AreNearAsync(file.SchoolId, [leader], viewer, cancellation)
                    ? file.NameLeader(leader, await views.LedByAsync(leader, id, cancellation), viewer.Today)
                    : Refusal.At("leader", "form.choice-unknown"),
            cancellation,
            // Two files are given to one leader one after the other, so that nobody gets six.
            lockMember: leader,
            asker
        );
    }

    /// <summary>By the leader himself.</summary>
    public Task<Outcome<LeaderContacted>> ContactAsync(
        Guid id,
        DateOnly on,
        ContactMode mode,
        string? need,
        string? action,
        Viewer viewer,
        CancellationToken cancellation,
        Asker? asker = null
    ) =>
        ChangeAsync(
            id,
            viewer,
            _ => true,
            file =>
                Task.FromResult(
                    file.Contact(
                        new LeaderContact(viewer.MemberId, on, mode, (need ?? "").Trim(), (action ?? "").Trim()),
                        viewer.Today
                    )
                ),
            cancellation,
            asker: asker
        );

    /// <summary>Refusals: <c>form.choice-unknown</c> at <c>visitors</c>.</summary>
    public Task<Outcome<FileVisited>> VisitAsync(
        Guid id,
        FileVisit visit,
        Viewer viewer,
        CancellationToken cancellation,
        Asker? asker = null
    ) =>
        KeepAsync(
            id,
            viewer,
            async file =>
                visit.Visitors.Length == 0 || await AreNearAsync(file.SchoolId, visit.Visitors, viewer, cancellation)
                    ? file.Visit(visit, viewer.Today)
                    : Refusal.At("visitors", "form.choice-unknown"),
            cancellation,
            asker: asker
        );

    public Task<Outcome<FileEntered>> RetireAsync(Guid id, Viewer viewer, CancellationToken cancellation) =>
        KeepAsync(id, viewer, file => Task.FromResult(file.Retire(viewer.MemberId, time.GetUtcNow())), cancellation);

    /// <summary>
    /// To another school of the district, with every application that runs. Refusals: <c>organisation.unknown</c> at
    /// <c>school</c>, those of <see cref="AidLifeCommands.MoveSchoolAsync"/>.
    /// </summary>
    public async Task<Outcome<FileEntered>> MoveAsync(
        Guid id,
        Guid school,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return Refusal.Missing("file.unknown");
        if (!view.Keeps)
            return Refusal.Forbidden("file.not-yours");
        if (
            organisations.Find(school) is not { Kind: OrganisationKind.School } place
            || !organisations.Path(view.File.SchoolId).Contains(place.ParentId ?? Guid.Empty)
        )
            return Refusal.At("school", "organisation.unknown");
        if (school == view.File.SchoolId)
            return Refusal.At("school", "file.same-school");
        foreach (var open in await OpenCasesAsync(view.File.MemberId, cancellation))
        {
            var moved = await life.MoveSchoolAsync(open, school, new Asker(viewer.MemberId), cancellation);
            if (!moved.IsOk)
                return moved.Refusal;
        }
        // A running application has taken the file with it.
        var row = await db.Set<AidFileRow>().AsNoTracking().SingleAsync(f => f.Id == id, cancellation);
        return row.SchoolId == school
            ? new FileEntered(files.Read(row).History[^1])
            : await KeepAsync(
                id,
                viewer,
                file => Task.FromResult(file.MoveSchool(school, viewer.MemberId, time.GetUtcNow(), viewer.Today)),
                cancellation
            );
    }

    /// <summary>
    /// 退档. Where it is a departure or false papers, the applications that run are cancelled first, each as its own case; a
    /// death tells every open case of the person in the same commit, and each ends by itself. Refusals: <c>form.reason-missing</c>, those of <see cref="AidLifeCommands.CancelAsync"/>.
    /// </summary>
    public async Task<Outcome<FileEntered>> ExitAsync(
        Guid id,
        ExitReason why,
        string? reason,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        if (await views.FindAsync(id, viewer, cancellation) is not { } view)
            return Refusal.Missing("file.unknown");
        if (!view.Keeps)
            return Refusal.Forbidden("file.not-yours");
        if (string.IsNullOrWhiteSpace(reason))
            return Refusal.At("reason", "form.reason-missing");
        CancelReason? cancels = why switch
        {
            ExitReason.LeftDistrict => CancelReason.LeftDistrict,
            ExitReason.FalsePapers => CancelReason.FalsePapers,
            _ => null,
        };
        var open = await OpenCasesAsync(view.File.MemberId, cancellation);
        var died = why == ExitReason.Died;
        if (cancels is null && !died && open.Count > 0)
            return Refusal.Because("file.application-runs");
        foreach (var running in died ? [] : open)
        {
            var cancelled = await life.CancelAsync(
                running,
                cancels!.Value,
                reason,
                new Asker(viewer.MemberId),
                cancellation
            );
            if (!cancelled.IsOk)
                return cancelled.Refusal;
        }
        var row = await db.Set<AidFileRow>().AsNoTracking().SingleAsync(f => f.Id == id, cancellation);
        return row.State == nameof(FileState.Exited)
            ? new FileEntered(files.Read(row).History[^1])
            : await DeliveredAsync(
                await KeepAsync(
                    id,
                    viewer,
                    async file =>
                    {
                        if (died)
                            await db.TellDeathAsync(file.MemberId, null, time.GetUtcNow(), cancellation);
                        return file.Exit(why, reason, viewer.MemberId, null, time.GetUtcNow(), viewer.Today);
                    },
                    cancellation
                ),
                view.File.MemberId,
                cancellation
            );
    }

    // Right after the commit, so that whoever looks next sees the cases ended; what fails here, the sweep delivers.
    private async Task<Outcome<FileEntered>> DeliveredAsync(
        Outcome<FileEntered> exited,
        Guid member,
        CancellationToken cancellation
    )
    {
        if (exited.IsOk)
            await steps.DeliverAsync(
                await db.Set<SignalRow>()
                    .Where(s => s.Kind == SignalRow.HolderDied && s.SourceId == member && s.DeliveredAt == null)
                    .Select(s => s.Id)
                    .ToListAsync(cancellation)
            );
        return exited;
    }

    private Task<List<Guid>> OpenCasesAsync(Guid member, CancellationToken cancellation) =>
        db.Set<CaseRow>()
            .Where(c => c.Kind == AidCase.KindName && c.StarterId == member && c.ClosedAt == null)
            .OrderBy(c => c.Id)
            .Select(c => c.Id)
            .ToListAsync(cancellation);

    /// <summary>Members of the school, its departments, or the district's office, who are members today.</summary>
    private async Task<bool> AreNearAsync(
        Guid school,
        IReadOnlyCollection<Guid> members,
        Viewer viewer,
        CancellationToken cancellation
    )
    {
        var distinct = members.Distinct().ToList();
        List<Guid> places = [.. organisations.Path(school), .. organisations.Departments(school).Select(d => d.Id)];
        return await db.Set<Member>()
                .ActiveOn(viewer.Today)
                .CountAsync(m => distinct.Contains(m.Id) && places.Contains(m.OrganisationId), cancellation)
            == distinct.Count;
    }

    private Task<Outcome<T>> KeepAsync<T>(
        Guid id,
        Viewer viewer,
        Func<AidFile, Task<Outcome<T>>> change,
        CancellationToken cancellation,
        Guid? lockMember = null,
        Asker? asker = null
    ) => ChangeAsync(id, viewer, view => view.Keeps, change, cancellation, lockMember, asker);

    private Task<Outcome<T>> ChangeAsync<T>(
        Guid id,
        Viewer viewer,
        Func<FileView, bool> may,
        Func<AidFile, Task<Outcome<T>>> change,
        CancellationToken cancellation,
        Guid? lockMember = null,
        Asker? asker = null
    ) =>
        requests.OnceAsync<T>(
            asker,
            async () =>
            {
                if (lockMember is { } member)
                    await db.LockMemberAsync(member, cancellation);
                // Locks the row: a case of the holder may write the file at the same moment.
                await db.Set<AidFileRow>()
                    .Where(f => f.Id == id)
                    .ExecuteUpdateAsync(f => f.SetProperty(x => x.Version, x => x.Version + 1), cancellation);
                if (await views.FindAsync(id, viewer, cancellation) is not { } view)
                    return Refusal.Missing("file.unknown");
                if (!may(view))
                    return Refusal.Forbidden("file.not-yours");
                var row = await db.Set<AidFileRow>().SingleAsync(f => f.Id == id, cancellation);
                var file = files.Read(row);
                var changed = await change(file);
                if (changed.IsOk)
                    files.Write(row, file);
                return changed;
            },
            _ => time.GetUtcNow(),
            cancellation
        );
}
