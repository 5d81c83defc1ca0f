using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EduUnion.Domain;
using EduUnion.Domain.Aid;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Organisations;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Aid;

/// <summary>How many files of a school are where in the year's verification; of nobody by name.</summary>
public sealed record VerificationProgress(Guid School, int ToAsk, IReadOnlyDictionary<VerificationState, int> States);

/// <summary>The yearly re-verification (年度复核): who is asked, the start, how far it is.</summary>
public sealed class VerificationCommands(
    EduUnionDb db,
    CaseSteps steps,
    AidFiles files,
    VerificationCases cases,
    OrganisationBook organisations,
    TimeProvider time
)
{
    /// <summary>The schools whose verification the viewer follows, by code; the district's chair too, who starts none.</summary>
    public IReadOnlyList<Guid> Schools(Viewer viewer) => Of(viewer, Office.DistrictOfficer, Office.DistrictChair);

    /// <summary>The schools whose verification the viewer may start.</summary>
    public IReadOnlyList<Guid> Starts(Viewer viewer) => Of(viewer, Office.DistrictOfficer);

    private IReadOnlyList<Guid> Of(Viewer viewer, params Office[] ofDistrict) =>
        [
            .. viewer
                .At(Office.SchoolUnionChair)
                .Concat(viewer.At(ofDistrict).SelectMany(organisations.Schools))
                .Distinct(),
        ];

    /// <summary>Files of the school whose holders are to be asked this year and are not yet, by number.</summary>
    public async Task<IReadOnlyList<AidFile>> ToAskAsync(Guid school, int year, CancellationToken cancellation) =>
        (await RowsToAskAsync(school, year, cancellation)).ConvertAll(files.Read);

    private async Task<List<AidFileRow>> RowsToAskAsync(Guid school, int year, CancellationToken cancellation)
    {
        var rows = await db.Set<AidFileRow>()
            .AsNoTracking()
            .Where(f => f.SchoolId == school && f.State != nameof(FileState.Exited))
            .Where(f => f.VerifiedYear < year || f.State == nameof(FileState.Frozen))
            .OrderBy(f => f.Number)
            .ToListAsync(cancellation);
        var ids = rows.ConvertAll(r => IdOf(r.Id, year));
        var asked = await db.Set<CaseRow>().Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellation);
        return rows.FindAll(r => !asked.Contains(IdOf(r.Id, year)));
    }

    public async Task<VerificationProgress> ProgressAsync(Guid school, int year, CancellationToken cancellation)
    {
        var of = await db.Set<AidFileRow>()
            .AsNoTracking()
            .Where(f => f.SchoolId == school)
            .Select(f => f.Id)
            .ToListAsync(cancellation);
        var ids = of.ConvertAll(f => IdOf(f, year));
        var states = await db.Set<CaseRow>()
            .Where(c => ids.Contains(c.Id))
            .GroupBy(c => c.State)
            .Select(g => new { State = g.Key, Count = g.Count() })
            .ToListAsync(cancellation);
        return new(
            school,
            (await RowsToAskAsync(school, year, cancellation)).Count,
            states.ToDictionary(s => Enum.Parse<VerificationState>(s.State), s => s.Count)
        );
    }

    /// <summary>
    /// Asks every holder of the school who is to be asked: one case each, one commit each, whose id is made of file and
    /// year, so that nobody is asked twice however often and by whomever it is started. Refusal: <c>aid.not-chair</c> (403).
    /// </summary>
    public async Task<Outcome<int>> StartAsync(Guid school, Viewer viewer, CancellationToken cancellation)
    {
        if (!Starts(viewer).Contains(school))
            return Refusal.Forbidden("aid.not-chair");
        return await AskAllAsync(school, viewer.Today.Year, new Asker(viewer.MemberId), cancellation);
    }

    /// <summary>The same by the program itself (no asker). How many were asked that were not before.</summary>
    internal async Task<int> AskAllAsync(Guid school, int year, Asker? asker, CancellationToken cancellation)
    {
        var started = 0;
        foreach (var file in await ToAskAsync(school, year, cancellation))
            if (await AskAsync(file, year, asker, cancellation))
                started++;
        return started;
    }

    private async Task<bool> AskAsync(AidFile file, int year, Asker? asker, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var asked = Verification.Ask(IdOf(file.Id, year), file, year);
        if (!asked.IsOk)
            return false;
        var (verification, happened) = asked.Value;
        var row = new CaseRow
        {
            Id = verification.Id,
            Kind = VerificationCase.KindName,
            SchoolId = file.SchoolId,
            StarterId = file.MemberId,
            RulesAt = now,
            OpenedAt = now,
        };
        try
        {
            var done = await steps.StartAsync(
                row,
                cases.Of(verification, file.SchoolId),
                VerificationCase.KindName,
                [happened],
                asker,
                cancellation
            );
            return done.IsOk;
        }
        catch (DbUpdateException clash) when (db.IsUniqueViolation(clash))
        {
            // Somebody else started it at the same moment.
            db.ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>One case a file and year.</summary>
    private static Guid IdOf(Guid file, int year) =>
        new(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"verification/{file:N}/{year}"))
            )[..16]
        );
}
