using System.Text.Json;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Domain.Motions;
using EduUnion.Domain.Parameters;
using EduUnion.Domain.People;
using EduUnion.Host.Cases;
using EduUnion.Host.Clocks;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Parameters;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Tour;

/// <summary>
/// A scenario's stage: one running program on a database of its own, with a simulated clock. Every act goes through the
/// same use cases as a page or an endpoint; between any two acts the services are thrown away and made anew, as after a
/// restart.
/// </summary>
public sealed class Stage(Func<ServiceProvider> start, SimulatedTime time, string mailDirectory, TextWriter script)
    : IAsyncDisposable
{
    private ServiceProvider _services = start();

    /// <summary>Where mails lie as files.</summary>
    public string MailDirectory => mailDirectory;

    public SimulatedTime Time => time;

    public DateOnly Today => ChinaTime.DateOf(time.GetUtcNow());

    /// <summary>Forgets everything but the database; takes a minute.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = start();
        time.MoveTo(time.GetUtcNow().AddMinutes(1));
    }

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act)
        where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>
    /// Lets time pass from alarm to alarm: each clock rings at its own instant, mails leave when they would.
    /// </summary>
    public async Task MoveToAsync(DateOnly date, TimeOnly at, CancellationToken cancellation)
    {
        var target = ChinaTime.At(date, at);
        // What was done last is told now, not when the next clock rings.
        await WorkAsync(cancellation);
        while (await NextAlarmAsync(target, cancellation) is { } next)
        {
            time.MoveTo(next);
            await WorkAsync(cancellation);
        }
        time.MoveTo(target);
        await WorkAsync(cancellation);
    }

    /// <summary>Decides the one open task of this name that the person may decide.</summary>
    public async Task<StepDone> DecideAsync(
        Guid caseId,
        Person who,
        string task,
        string outcome,
        object? form = null,
        string? comment = null
    )
    {
        var done = await TryDecideAsync(caseId, who, task, outcome, form, comment);
        return done.IsOk ? done.Value : throw new ScenarioBroken($"{who.Role} {task} {outcome}: {Why(done.Refusal)}");
    }

    public async Task<Outcome<StepDone>> TryDecideAsync(
        Guid caseId,
        Person who,
        string task,
        string outcome,
        object? form = null,
        string? comment = null
    )
    {
        return await TryDecideAsync((await FindTaskAsync(caseId, who, task)).Id, who, outcome, form, comment);
    }

    /// <summary>Decides a task that may have been closed since it was found.</summary>
    public async Task<Outcome<StepDone>> TryDecideAsync(
        Guid taskId,
        Person who,
        string outcome,
        object? form = null,
        string? comment = null
    )
    {
        await RestartAsync();
        return await WithAsync<CaseSteps, Outcome<StepDone>>(steps =>
            steps.DecideAsync(
                new Decision(
                    taskId,
                    outcome,
                    comment,
                    form is null ? null : JsonSerializer.SerializeToElement(form),
                    null
                ),
                new Asker(who.Id),
                default
            )
        );
    }

    public async Task<Motion> MotionAsync(Guid caseId) =>
        MotionCases.MotionOf(
            await WithAsync<EduUnionDb, CaseRow>(db =>
                db.Set<CaseRow>().AsNoTracking().SingleAsync(c => c.Id == caseId)
            )
        );

    public Task<List<ClockRow>> ClocksAsync(Guid caseId, string name) =>
        WithAsync<EduUnionDb, List<ClockRow>>(db =>
            db.Set<ClockRow>()
                .AsNoTracking()
                .Where(c => c.CaseId == caseId && c.Name == name)
                .OrderBy(c => c.StartedAt)
                .ToListAsync()
        );

    public Task<List<TaskRow>> OpenTasksAsync(Guid caseId) =>
        WithAsync<EduUnionDb, List<TaskRow>>(db =>
            db.Set<TaskRow>().AsNoTracking().Where(t => t.CaseId == caseId && t.State == TaskState.Open).ToListAsync()
        );

    /// <summary>The earliest last day among the tasks that this step has opened.</summary>
    public Task<DateOnly?> DueAfterAsync(StepDone done) =>
        WithAsync<EduUnionDb, DateOnly?>(db =>
            db.Set<TaskRow>()
                .Where(t => t.CaseId == done.CaseId && t.State == TaskState.Open && t.OpenedAt == done.At)
                .Join(db.Set<ClockRow>(), t => t.ClockId, c => c.Id, (_, clock) => clock.DueOn)
                .MinAsync()
        );

    /// <summary>A line of the script: date, who, what, and what is due.</summary>
    public void Say(string who, string what, DateOnly? due = null) =>
        script.WriteLine(
            $"  {Today:yyyy-MM-dd}  {who}  {what}{(due is { } date ? $"  → 期限 {date:yyyy-MM-dd}" : "")}"
        );

    /// <summary>Holds the scenario against what is written of it.</summary>
    public static void Expect<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new ScenarioBroken($"{what}: expected {Written(expected)}, was {Written(actual)}");
    }

    public static void ExpectAll<T>(string what, IEnumerable<T> expected, IEnumerable<T> actual)
    {
        List<T> wanted = [.. expected];
        List<T> found = [.. actual];
        if (wanted.SequenceEqual(found))
            return;
        throw new ScenarioBroken(
            $"{what}: expected {List(wanted)}, was {List(found)}; missing {List(wanted.Except(found))}, too many {List(found.Except(wanted))}"
        );
        static string List(IEnumerable<T> all) => $"[{string.Join(", ", all.Select(Written))}]";
    }

    /// <summary>Every audit chain proves, and every signal was taken by the case that it was for.</summary>
    public async Task ExpectProvenAsync()
    {
        await RestartAsync();
        var report = await WithAsync<JournalProof, ProofReport>(proof => proof.ProveAsync(null, default));
        ExpectAll("broken chains", [], report.Broken);
        var refused = await WithAsync<EduUnionDb, List<string?>>(db =>
            db.Set<SignalRow>().Where(s => s.Refused != null).Select(s => s.Refused).ToListAsync()
        );
        ExpectAll("refused signals", [], refused);
        Say("系统", $"核验办理日志：{report.Cases} 件、{report.Lines} 行，全部属实");
    }

    private static string Written<T>(T value) => value is DateOnly date ? $"{date:yyyy-MM-dd}" : $"{value}";

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    /// <summary>The open task of this name that the person may decide, else any, so that the refusal can be seen.</summary>
    public async Task<TaskRow> FindTaskAsync(Guid caseId, Person who, string name)
    {
        var open = (await OpenTasksAsync(caseId)).Where(t => t.Name == name).ToList();
        var mine = open.FirstOrDefault(t =>
            t.MemberId == who.Id || who.Offices.Any(o => o.Office == t.Office && o.OrganisationId == t.OrganisationId)
        );
        return mine
            ?? open.FirstOrDefault()
            ?? throw new ScenarioBroken($"No open task {name} for {who.Role} on {Today:yyyy-MM-dd}");
    }

    private async Task<DateTimeOffset?> NextAlarmAsync(DateTimeOffset until, CancellationToken cancellation) =>
        await WithAsync<EduUnionDb, DateTimeOffset?>(async db =>
        {
            var clock = await db.Set<ClockRow>()
                .Where(c => c.StoppedAt == null && c.NextAt <= until)
                .MinAsync(c => c.NextAt, cancellation);
            var notice = await db.Set<Notice>()
                .Where(n => n.FannedAt == null && n.NotBefore <= until)
                .MinAsync(n => (DateTimeOffset?)n.NotBefore, cancellation);
            return notice < clock || clock is null ? notice : clock;
        });

    private async Task WorkAsync(CancellationToken cancellation)
    {
        await WithAsync<MandateSweep, int>(sweep => sweep.RunAsync(cancellation));
        await WithAsync<SignalSweep, int>(sweep => sweep.RunAsync(cancellation));
        await WithAsync<ProgressRequests, int>(requests => requests.RunAsync(cancellation));
        await WithAsync<ClockSweep, int>(sweep => sweep.RunAsync(cancellation));
        await WithAsync<Outbox, int>(outbox => outbox.RunAsync(cancellation));
    }

    public static string Why(Refusal refusal) =>
        string.Join("; ", refusal.Fields.IsEmpty ? [Text(refusal)] : refusal.Fields.Select(Text));

    private static string Text(Refusal refusal) =>
        $"{refusal.Code}{(refusal.Field is null ? "" : $" at {refusal.Field}")} {string.Join(", ", refusal.Arguments)}";
}

/// <summary>Somebody on the stage: the role, the name, and the offices by which he finds his tasks.</summary>
public sealed record Person(
    Guid Id,
    string Role,
    string Name,
    IReadOnlyList<(Office Office, Guid OrganisationId)> Offices
);

/// <summary>A scenario did not go as it is written.</summary>
public sealed class ScenarioBroken(string sentence) : Exception(sentence);
