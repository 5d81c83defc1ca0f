using System.Globalization;
using EduUnion.Host.Cases;
using EduUnion.Host.Funds;
using EduUnion.Host.People;
using EduUnion.Host.Web;
using EduUnion.Host.Web.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EduUnion.Host.Pages.Funds;

/// <summary>One fund: its figures, its queue, what was proposed, and its ledger.</summary>
[Authorize(Policies.Funds)]
public sealed class FundModel(FundAccess access, FundBook book, Texts texts) : FundPage(access, book, texts)
{
    private const int Length = 25;

    public IReadOnlyList<QueueItem> Queue { get; private set; } = [];
    public IReadOnlyList<OrderItem> Orders { get; private set; } = [];
    public Slice<EntryItem> Entries { get; private set; } = new([], null);
    public Pager Pager { get; private set; } = new(null, null);

    public async Task<IActionResult> OnGetAsync(Guid id, string? after, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation))
            return NotFound();
        int? before = int.TryParse(after, CultureInfo.InvariantCulture, out var number) ? number : null;
        Queue = await Book.QueueAsync(id, Sight.Schools, cancellation);
        Orders = await Book.OrdersAsync(Sight, id, cancellation);
        Entries = await Book.EntriesAsync(id, before, Length, cancellation);
        Pager = Paging.Of(
            Request,
            [],
            Entries.Next,
            before is null ? null : Words["funds.entry.from", before.Value - 1]
        );
        return Page();
    }
}
