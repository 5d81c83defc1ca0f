using EduUnion.Host.Cases;
using EduUnion.Host.Persistence;
using EduUnion.Host.Privacy;
using Microsoft.EntityFrameworkCore;

namespace EduUnion.Host.Drafts;

/// <summary>Drafts of the member who asks.</summary>
public sealed class DraftBook(EduUnionDb db, Vault vault, TimeProvider time)
{
    public const int LongestName = 80;

    /// <summary>A draft that nobody touched for so long is forgotten.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(90);

    public async Task<Draft?> FindAsync(Guid member, string form, CancellationToken cancellation)
    {
        var draft = await Of(member, form).AsNoTracking().FirstOrDefaultAsync(cancellation);
        if (draft is not null)
            draft.Content = vault.Open(draft.Content, Bound(member, form));
        // A draft may leave the browser before its form is sent and arrive after it: what was sent is no draft any more.
        if (
            draft?.Typed.Key is { } key
            && await db.Set<RequestRow>().AnyAsync(r => r.MemberId == member && r.Key == key, cancellation)
        )
        {
            await DropAsync(member, form, cancellation);
            return null;
        }
        return draft;
    }

    /// <summary>Drafts of forms whose name begins so, the latest saved first; what was sent meanwhile is left out.</summary>
    public async Task<IReadOnlyList<Draft>> BegunAsync(Guid member, string prefix, CancellationToken cancellation)
    {
        var names = await db.Set<Draft>()
            .Where(d => d.MemberId == member && d.Form.StartsWith(prefix))
            .OrderByDescending(d => d.SavedAt)
            .Select(d => d.Form)
            .ToListAsync(cancellation);
        var begun = new List<Draft>();
        foreach (var name in names)
            if (await FindAsync(member, name, cancellation) is { } draft)
                begun.Add(draft);
        return begun;
    }

    public async Task<DateTimeOffset> SaveAsync(Guid member, string form, Typed typed, CancellationToken cancellation)
    {
        var (content, now) = (vault.Seal(typed.ToJson(), Bound(member, form)), time.GetUtcNow());
        if (await ChangeAsync() > 0)
            return now;
        db.Add(
            new Draft
            {
                MemberId = member,
                Form = form,
                Content = content,
                SavedAt = now,
            }
        );
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException clash) when (db.IsUniqueViolation(clash))
        {
            // The same form saved for the first time in two windows at once: the later one stands.
            db.ChangeTracker.Clear();
            await ChangeAsync();
        }
        db.ChangeTracker.Clear();
        return now;

        Task<int> ChangeAsync() =>
            Of(member, form)
                .ExecuteUpdateAsync(
                    d => d.SetProperty(x => x.Content, content).SetProperty(x => x.SavedAt, now),
                    cancellation
                );
    }

    public Task DropAsync(Guid member, string form, CancellationToken cancellation) =>
        Of(member, form).ExecuteDeleteAsync(cancellation);

    /// <summary>Forgets what was not touched for <see cref="Kept"/>; returns how many.</summary>
    public Task<int> ForgetOldAsync(CancellationToken cancellation)
    {
        var before = time.GetUtcNow() - Kept;
        return db.Set<Draft>().Where(d => d.SavedAt < before).ExecuteDeleteAsync(cancellation);
    }

    private static string Bound(Guid member, string form) => $"{member}/{form}";

    private IQueryable<Draft> Of(Guid member, string form) =>
        db.Set<Draft>().Where(d => d.MemberId == member && d.Form == form);
}
