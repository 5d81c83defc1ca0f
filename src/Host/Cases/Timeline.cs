using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EduUnion.Domain.People;
using EduUnion.Host.Deputies;
using EduUnion.Host.Journal;
using EduUnion.Host.Mail;
using EduUnion.Host.Persistence;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Cases;

/// <summary>What stands in a timeline line.</summary>
public enum EntryKind
{
    Decision,
    Command,
    Clock,
    Mail,
}

/// <summary>One event of a case's record.</summary>
/// <param name="Act">Step or command name, or the notice kind.</param>
/// <param name="Events">Names of the aggregate's events, with their data.</param>
public sealed record CaseEntry(
    DateTimeOffset At,
    EntryKind Kind,
    string Act,
    string? Outcome,
    string? Actor,
    string? Comment,
    Guid? Part,
    IReadOnlyList<CaseEvent> Events
)
{
    /// <summary>For whom a deputy (代理) did it; his name is <see cref="Actor"/>.</summary>
    public string? ActingFor { get; init; }

    /// <summary>The names of those whom an office's acts are about.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<Guid, string> People { get; init; } = ImmutableDictionary<Guid, string>.Empty;
}

public sealed record CaseEvent(string Code, JsonElement Data);

/// <summary>The private text of a journal line.</summary>
internal sealed record EntryText(string? Comment, IReadOnlyList<CaseEvent> Events);

/// <summary>The merged record of a case: decisions, commands, clocks and mails, the newest first.</summary>
public sealed class Timelines(EduUnionDb db, AuditChain chain)
{
    public async Task<IReadOnlyList<CaseEntry>> OfAsync(Guid caseId, CancellationToken cancellation)
    {
        var lines = await db.Set<JournalLine>()
            .AsNoTracking()
            .Where(l => l.CaseId == caseId)
            .OrderBy(l => l.Sequence)
            .ToListAsync(cancellation);
        var notices = await db.Set<Notice>()
            .AsNoTracking()
            .Where(n => n.CaseId == caseId)
            .OrderBy(n => n.At)
            .ToListAsync(cancellation);
        var read = lines.ConvertAll(l => (Line: l, Text: Read(l)));
        var actors = read.SelectMany(r => new[] { r.Line.ActorId, PrincipalOf(r.Text) })
            .OfType<Guid>()
            .Concat(read.SelectMany(r => r.Text.Events).SelectMany(DeskPeople.Of))
            .Distinct()
            .ToList();
        var names = await db.Set<Member>()
            .Where(m => actors.Contains(m.Id))
            .ToDictionaryAsync(m => m.Id, m => m.Name, cancellation);
        return
        [
            .. read.Select(r => Entry(r.Line, r.Text, names))
                .Concat(notices.Select(n => new CaseEntry(n.At, EntryKind.Mail, n.Kind, null, null, null, null, [])))
                // Of one instant, what was written last comes first: the mails before the decision that they tell of.
                .Reverse()
                .OrderByDescending(e => e.At),
        ];
    }

    // Erased texts leave the line: what was done, by whom and when.
    private EntryText Read(JournalLine line) =>
        chain.Read(line) is { } written
            ? JsonSerializer.Deserialize<EntryText>(written, CaseJson.Options)!
            : new EntryText(null, []);

    private static Guid? PrincipalOf(EntryText text) =>
        text.Events.FirstOrDefault(e => e.Code == nameof(ActedFor))?.Data.Deserialize<ActedFor>(CaseJson.Options)
            is { } acted
            ? acted.MemberId
            : null;

    private static CaseEntry Entry(JournalLine line, EntryText text, IReadOnlyDictionary<Guid, string> names)
    {
        var actor = line.ActorId is { } id ? names.GetValueOrDefault(id) : null;
        var kind =
            line.Act.StartsWith("clock.", StringComparison.Ordinal) ? EntryKind.Clock
            : line.TaskId is null ? EntryKind.Command
            : EntryKind.Decision;
        // For whom he acted is said with the actor, and nowhere else: who may not read the one reads neither.
        var events = text.Events.Where(e => e.Code != nameof(ActedFor)).ToList();
        return new CaseEntry(line.At, kind, line.Act, line.Outcome, actor, text.Comment, line.Part, events)
        {
            People = names,
            ActingFor = PrincipalOf(text) is { } principal ? names.GetValueOrDefault(principal) : null,
        };
    }
}
